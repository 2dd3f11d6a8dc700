// How one person is reached, as they choose it themselves: ways, devices, digest, quiet hours, and a test of each.
import { createHash } from 'node:crypto';
import type { OwnReach, ReachChoice, ReachTest } from '@rejoinder/contracts/reaching';
import type { Deps } from '../deps.ts';
import { checkUrl } from '../http/egress.ts';
import { Problem } from '../http/problems.ts';
import { choiceOf, devicesOf, forgetDevice, houseOf, keepChoice, keepDevice } from './addresses.repository.ts';
import type { Posts } from './posts.ts';

export type Self = { userId: string; name: string; email: string };
/** More browsers than this one person does not use; the oldest goes. */
const DEVICES = 10;
/** How much of an address tells one browser from another, without being the address. */
const MARK = 12;

export async function readOwnReach(deps: Deps, posts: Posts, self: Self): Promise<OwnReach> {
  const [choice, devices, house, keys] = await Promise.all([
    choiceOf(deps.db, self.userId),
    devicesOf(deps.db, self.userId),
    houseOf(deps.db),
    posts.pushKeys(),
  ]);
  return {
    choice,
    email: self.email,
    mail: { configured: house.mail, verifiedAt: house.mail_verified_at, lastTest: house.mail_last_test },
    push: {
      publicKey: keys.publicKey,
      devices: devices.map((row) => ({
        id: row.device_id,
        label: row.label,
        mark: row.mark,
        addedAt: row.added_at,
        deliveredAt: row.delivered_at,
      })),
    },
  };
}

/** Choosing the same again changes nothing; so it needs no operation to be remembered. */
export async function chooseReach(deps: Deps, self: Self, choice: ReachChoice): Promise<void> {
  if (choice.quiet && !isZone(choice.quiet.zone))
    throw new Problem(
      'not-valid',
      `"${choice.quiet.zone}" is not a time zone. Use an IANA name such as Europe/Madrid.`,
      [{ path: '/quiet/zone', says: 'an IANA time zone' }],
    );
  await keepChoice(deps.db, self.userId, choice);
}

/** The address comes from the browser, so it is checked like any other; the keys are sealed with it (RE-11). */
export async function addDevice(
  deps: Deps,
  self: Self,
  device: { endpoint: string; keys: { p256dh: string; auth: string }; label: string },
): Promise<void> {
  const { endpoint, keys, label } = device;
  requirePushAddress(deps, endpoint);
  if (Buffer.from(keys.p256dh, 'base64url').length !== 65 || Buffer.from(keys.auth, 'base64url').length !== 16)
    throw new Problem('not-valid', 'These are not the keys of a push subscription. Switch push off and on again.', [
      { path: '/keys', says: '65 and 16 bytes in base64url' },
    ]);
  const known = await devicesOf(deps.db, self.userId);
  const hash = createHash('sha256').update(endpoint).digest('hex');
  const [oldest] = known;
  if (oldest && known.length >= DEVICES && !known.some((row) => row.endpoint_hash === hash))
    await forgetDevice(deps.db, self.userId, oldest.device_id);
  const deviceId = deps.newId('dev');
  await keepDevice(deps.db, {
    user_id: self.userId,
    device_id: deviceId,
    endpoint_hash: hash,
    sealed: deps.sealer.seal(JSON.stringify({ endpoint, keys }), deviceId),
    label: label.replace(/[\p{Cc}\s]+/gu, ' ').trim() || 'A browser',
    mark: hash.slice(0, MARK),
    added_at: deps.now(),
    delivered_at: null,
  });
}

/** @throws Problem `not-found` */
export async function removeDevice(deps: Deps, self: Self, deviceId: string): Promise<void> {
  if (!(await forgetDevice(deps.db, self.userId, deviceId))) throw new Problem('not-found');
}

/** Sends a message to oneself and tells what the other side answered (RE-14). */
export async function testOwnReach(deps: Deps, posts: Posts, self: Self, way: 'email' | 'push'): Promise<ReachTest> {
  const at = deps.now();
  // An installation of invented people reaches nobody, whatever is configured (RE-4).
  if (deps.config.rehearsal)
    return { at, ok: false, says: 'This is a rehearsal with invented people: nothing is sent outside.' };
  const message = {
    id: deps.newId('test'),
    kind: 'test' as const,
    to: self.name,
    room: 'Rejoinder',
    urgent: false,
    title: 'This is how you are reached',
    says: 'You asked for this test. Nothing is the matter.',
    link: `${deps.config.publicOrigin}/settings`,
    at,
  };
  const sent = await posts.send(way, message, { roomId: null, userId: self.userId, phone: null });
  return { at: deps.now(), ok: sent.outcome === 'delivered', says: sent.says };
}

function requirePushAddress(deps: Deps, endpoint: string): void {
  try {
    const { protocol } = checkUrl(endpoint);
    if (protocol === 'https:' || deps.config.allowPrivateAddresses) return;
  } catch {
    // Said below.
  }
  throw new Problem('not-valid', 'A push service has an address that begins with https://.', [
    { path: '/endpoint', says: 'an https address' },
  ]);
}

function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
