// A second worker on a server's outbox, with channels of its own.
import type { App } from '../../server/src/app.ts';
import { statementsOut } from '../../server/src/crisis/statement-subject.service.ts';
import type { Channels } from '../../server/src/publishing/channels.ts';
import { REPLIES } from '../../server/src/publishing/reply-subject.service.ts';
import { type PublishWorker, startPublishing } from '../../server/src/publishing/worker.ts';

export const otherWorker = ({ deps }: Pick<App, 'deps'>, channels: Channels, sendMs?: number): PublishWorker =>
  startPublishing(deps, { reply: REPLIES, statement: statementsOut(deps) }, channels, sendMs);
