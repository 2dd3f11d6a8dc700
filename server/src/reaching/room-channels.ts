// The channels a room has of its own: a chat that takes `{text}`, and a signed webhook that calls and texts for us.
import { Webhook } from 'standardwebhooks';
import type { Egress } from '../http/egress.ts';
import { type Channel, judgeAnswer, judgeError, type Outgoing, type Sent, type Timing } from './channel.ts';

export type ChatAddress = { url: string };
export type HookAddress = { url: string; secret: string; by: 'phone' | 'sms' | 'test'; number: string };

/** Slack, Mattermost, Rocket.Chat and others take this form at a secret address. */
export function chatChannel(egress: Egress, timing: Timing): Channel<ChatAddress> {
  return {
    send: (message, { url }) => post(egress, timing, 'The chat', url, JSON.stringify({ text: chatText(message) }), {}),
  };
}

/** Standard Webhooks, like the one replies go out by. Whoever receives it places the call or sends the text message. */
export function hookChannel(egress: Egress, timing: Timing): Channel<HookAddress> {
  return {
    send(message, { url, secret, by, number }) {
      const id = `${message.id}.${by}`;
      const body = JSON.stringify({
        type: `reach.${by}`,
        timestamp: message.at,
        data: {
          kind: message.kind,
          urgent: message.urgent,
          to: message.to,
          number,
          room: message.room,
          text: [`${message.room}: ${message.title}`, message.says].filter(Boolean).join('. '),
          link: message.link,
        },
      });
      const signedAt = new Date();
      return post(egress, timing, 'The webhook', url, body, {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, signedAt, body),
      });
    },
  };
}

async function post(
  egress: Egress,
  { now, sendMs }: Timing,
  who: string,
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<Sent> {
  try {
    const answer = await egress.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      timeoutMs: sendMs,
      maxBytes: 65_536,
    });
    return judgeAnswer(who, answer, Date.parse(now()));
  } catch (error) {
    return judgeError(who, error);
  }
}

/** Names may hold what a chat reads as marks: these three are the ones it asks to be written otherwise. */
function chatText({ to, room, title, says, link }: Outgoing): string {
  const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [`*${safe(room)}* · ${safe(to)}: ${safe(title)}`, ...(says ? [safe(says)] : []), link].join('\n');
}
