// E-mail to our own people over SMTP: plain text with the link, nothing that tracks.
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { type Channel, type Outgoing, plain, type Sent } from './channel.ts';

/** Null where no mail server is configured. The address is an e-mail address. */
export function mailChannel(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicOrigin'>,
  sendMs: number,
): Channel<string> | null {
  const { smtpUrl, mailFrom, publicOrigin } = config;
  if (!smtpUrl || !mailFrom) return null;
  const host = new URL(publicOrigin).hostname;
  return {
    async send(message, address) {
      const transport = createTransport({
        url: smtpUrl,
        connectionTimeout: sendMs,
        greetingTimeout: sendMs,
        socketTimeout: sendMs,
        dnsTimeout: sendMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const overdue = Promise.withResolvers<never>();
      const timer = setTimeout(() => overdue.reject(new Error('no answer in time')), sendMs);
      try {
        const sending = transport.sendMail({
          from: { name: 'Rejoinder', address: mailFrom },
          to: { name: message.to, address },
          subject: `[${message.room}] ${message.title}`,
          text: textOf(message, publicOrigin),
          // The same at every attempt: a mailbox that gets it twice can tell.
          messageId: `<${message.id}@${host}>`,
          date: new Date(message.at),
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(message.urgent ? { Importance: 'high' } : {}),
          },
        });
        sending.catch(() => undefined);
        const { response } = (await Promise.race([sending, overdue.promise])) as { response?: string };
        return { outcome: 'delivered', says: `The mail server took it: ${plain(response ?? '', 160)}` };
      } catch (error) {
        return judge(error);
      } finally {
        clearTimeout(timer);
        transport.close();
      }
    },
  };
}

function textOf({ title, says, link, kind }: Outgoing, origin: string): string {
  const why =
    kind === 'digest'
      ? 'These were still unread. How often this comes, or whether at all, is yours to choose'
      : 'How you are reached is yours to choose';
  return [title, ...(says ? ['', says] : []), '', link, '', '-- ', `${why}: ${origin}/settings`, ''].join('\n');
}

/** An answer of 5xx is final for this address; 4xx, a broken line and a silent server are not. */
function judge(error: unknown): Sent {
  const { responseCode, response, code, message } = error as {
    responseCode?: number;
    response?: string;
    code?: string;
    message?: string;
  };
  if (responseCode === undefined)
    return {
      outcome: 'failed',
      says: `The mail server could not be reached (${plain(code ?? message ?? 'unknown', 100)}).`,
      forGood: false,
    };
  return {
    outcome: 'failed',
    says: `The mail server refused it: ${plain(response ?? String(responseCode), 200)}`,
    forGood: responseCode >= 500,
  };
}
