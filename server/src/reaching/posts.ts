// Every channel of this installation in one place, and how one message finds its address on one of them.
import type { ReachBy } from '@rejoinder/contracts/playbooks';
import type { RoomChannelKind } from '@rejoinder/contracts/reaching';
import type { Deps } from '../deps.ts';
import type { Egress } from '../http/egress.ts';
import {
  channelsOf,
  devicesOf,
  forgetDevice,
  houseOf,
  keepPushKeys,
  noteChannel,
  noteDeviceReached,
  noteMailSeen,
} from './addresses.repository.ts';
import type { Outgoing, Sent } from './channel.ts';
import { mailChannel } from './mail.ts';
import { newPushKeys, type PushKeys, pushChannel, type Subscription } from './push.ts';
import { chatChannel, hookChannel } from './room-channels.ts';

/** Whom and by what number or account: never more than the way needs. */
export type Addressee = { roomId: string | null; userId: string | null; phone: string | null };
export type Posts = {
  /** Sends now and notes what it showed of the channel. Never throws for what the other side does. */
  send: (way: Exclude<ReachBy, 'board'> | 'test-webhook', message: Outgoing, to: Addressee) => Promise<Sent>;
  pushKeys: () => Promise<PushKeys>;
};

const KEYS = 'reach_house';

export function createPosts(deps: Deps, egress: Egress, sendMs: number): Posts {
  const { db, config, now, sealer } = deps;
  const timing = { now, sendMs };
  const mail = mailChannel(config, sendMs);
  const subject = config.mailFrom
    ? `mailto:${config.mailFrom}`
    : config.publicOrigin.startsWith('https:')
      ? config.publicOrigin
      : 'mailto:nobody@localhost';
  let known: Promise<PushKeys> | null = null;
  const pushKeys = (): Promise<PushKeys> => {
    known ??= keysOf(deps).catch((error) => {
      known = null;
      throw error;
    });
    return known;
  };
  const push = pushChannel(egress, pushKeys, subject, timing);
  const chat = chatChannel(egress, timing);
  const hook = hookChannel(egress, timing);

  async function byMail(message: Outgoing, { userId }: Addressee): Promise<Sent> {
    if (!mail) return never('No mail server is configured.');
    const address = userId === null ? null : await deps.signIn.emailOf(userId);
    if (!address) return never('There is no e-mail address.');
    const sent = await mail.send(message, address);
    await noteMailSeen(db, seen(sent, now()));
    return sent;
  }

  /** To every browser of the person; one that took it is enough. A browser that is gone is forgotten (RE-11). */
  async function byPush(message: Outgoing, { userId }: Addressee): Promise<Sent> {
    const devices = userId === null ? [] : await devicesOf(db, userId);
    const answers = await Promise.all(
      devices.map(async (device) => {
        const subscription = openDevice(deps, device);
        const sent = subscription ? await push.send(message, subscription) : never('The key of the device is gone.');
        if (sent.outcome === 'delivered') await noteDeviceReached(db, device.user_id, device.device_id, now());
        if (!subscription || isGone(sent)) await forgetDevice(db, device.user_id, device.device_id);
        return sent;
      }),
    );
    return (
      answers.find((sent) => sent.outcome === 'delivered') ??
      answers.find((sent) => sent.outcome === 'later') ??
      answers.find((sent) => sent.outcome === 'failed' && !sent.forGood) ??
      answers[0] ??
      never('No browser of theirs takes push messages.')
    );
  }

  async function byRoom(channel: RoomChannelKind, by: 'phone' | 'sms' | 'test', message: Outgoing, to: Addressee) {
    const row = to.roomId === null ? undefined : (await channelsOf(db, to.roomId)).find((c) => c.channel === channel);
    if (!row) return never(`The room has no ${channel === 'chat' ? 'chat' : 'signed webhook'}.`);
    const record = `${row.room_id} ${channel}`;
    const url = sealer.open(row.url_sealed, record);
    const secret = row.secret_sealed ? sealer.open(row.secret_sealed, record) : '';
    const sent =
      channel === 'chat'
        ? await chat.send(message, { url })
        : await hook.send(message, { url, secret, by, number: to.phone ?? '' });
    await noteChannel(db, { roomId: row.room_id, channel }, seen(sent, now()));
    return sent;
  }

  return {
    pushKeys,
    async send(way, message, to) {
      if (way === 'email') return byMail(message, to);
      if (way === 'push') return byPush(message, to);
      if (way === 'chat') return byRoom('chat', 'test', message, to);
      return byRoom('webhook', way === 'test-webhook' ? 'test' : way, message, to);
    },
  };
}

const never = (says: string): Sent => ({ outcome: 'failed', says, forGood: true });
const seen = (sent: Sent, at: string) => ({ at, ok: sent.outcome === 'delivered', says: sent.says });
const isGone = (sent: Sent): boolean => sent.outcome === 'failed' && sent.gone === true;

function openDevice(deps: Deps, device: { device_id: string; sealed: string }): Subscription | null {
  try {
    return JSON.parse(deps.sealer.open(device.sealed, device.device_id)) as Subscription;
  } catch {
    return null;
  }
}

/** Made once and kept sealed. Keys that another SECRET_KEY sealed are replaced: browsers subscribed under them say no and are forgotten. */
async function keysOf({ db, sealer }: Deps): Promise<PushKeys> {
  const kept = await houseOf(db);
  const opened = kept.push_public_key === null ? null : open();
  if (opened) return opened;
  const made = newPushKeys();
  await keepPushKeys(
    db,
    { publicKey: made.publicKey, sealed: sealer.seal(made.privateKey, KEYS) },
    kept.push_public_key,
  );
  const { push_public_key: publicKey, push_private_sealed: sealed } = await houseOf(db);
  return publicKey && sealed ? { publicKey, privateKey: sealer.open(sealed, KEYS) } : made;

  function open(): PushKeys | null {
    try {
      return { publicKey: kept.push_public_key ?? '', privateKey: sealer.open(kept.push_private_sealed ?? '', KEYS) };
    } catch {
      return null;
    }
  }
}
