// Web push to our own people: encrypted for the one browser (RFC 8291), signed with this installation's key (VAPID).
import webPush from 'web-push';
import type { Egress } from '../http/egress.ts';
import { type Channel, judgeAnswer, judgeError, type Timing } from './channel.ts';

export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } };
export type PushKeys = { publicKey: string; privateKey: string };

/** A push service keeps what a sleeping device has not fetched for this long. */
const KEPT_S = { urgent: 3600, else: 86_400 };

export const newPushKeys = (): PushKeys => webPush.generateVAPIDKeys();

/** @param subject who answers for these messages: a `mailto:` or `https:` address */
export function pushChannel(
  egress: Egress,
  keys: () => Promise<PushKeys>,
  subject: string,
  { now, sendMs }: Timing,
): Channel<Subscription> {
  const who = 'The push service';
  return {
    async send(message, subscription) {
      try {
        const payload = JSON.stringify({
          title: message.room,
          body: message.says ? `${message.title}\n${message.says}` : message.title,
          link: message.link,
          tag: message.id,
          urgent: message.urgent,
        });
        const { headers, body, endpoint } = webPush.generateRequestDetails(subscription, payload, {
          vapidDetails: { subject, ...(await keys()) },
          TTL: message.urgent ? KEPT_S.urgent : KEPT_S.else,
          urgency: message.urgent ? 'high' : 'normal',
          contentEncoding: 'aes128gcm',
        });
        const sent = Object.entries(headers as Record<string, unknown>)
          .filter(([name]) => name.toLowerCase() !== 'content-length')
          .map(([name, value]) => [name.toLowerCase(), String(value)] as const);
        const answer = await egress.fetch(endpoint, {
          method: 'POST',
          headers: Object.fromEntries(sent),
          body,
          timeoutMs: sendMs,
          maxBytes: 65_536,
        });
        return judgeAnswer(who, answer, Date.parse(now()));
      } catch (error) {
        return judgeError(who, error);
      }
    },
  };
}
