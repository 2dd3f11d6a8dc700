// Who publishes on a platform at a level, as the plan's block `channels` says.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { atLevel } from './levels.ts';

/** The roles that publish there and the clause that says so; null where the plan says nothing about this platform (PU-30). */
export function publishersOn(
  { channels }: Playbook,
  platform: string,
  level: number,
): { roles: string[]; clause: string } | null {
  const channel = channels.find((each) => each.platform === platform);
  const roles = channel && atLevel(channel.publishedBy, level);
  return channel && roles ? { roles, clause: channel.clause } : null;
}
