// A real SMTP server in the test's process: keeps what it takes, refuses or stalls as it is told.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Mail = { to: string[]; from: string; headers: Map<string, string>; text: string; raw: string };
/** What it does with the next mails, in order; after that it takes everything. */
/** `stall`: says nothing any more; `swallow`: takes the whole mail and never says so. */
export type MailAct = 'take' | { refuse: number; at: 'rcpt' | 'data' } | 'stall' | 'swallow';
export type MailServer = {
  url: string;
  mails: Mail[];
  /** How many it refused. */
  readonly refused: number;
  script: (...acts: MailAct[]) => void;
  /** Drops what is still scripted. */
  forget: () => void;
  /** Resolves when this many mails were taken. */
  gets: (count: number) => Promise<void>;
  close: () => Promise<void>;
};

export async function mailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const acts: MailAct[] = [];
  const heard = new Set<() => void>();
  let refused = 0;
  const refusal = (code: number): Error => {
    refused += 1;
    return Object.assign(new Error('No such mailbox here'), { responseCode: code });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onRcptTo(_address, _session, done) {
      const [act] = acts;
      if (act === 'stall') return void acts.shift();
      if (typeof act === 'object' && act.at === 'rcpt') {
        acts.shift();
        return done(refusal(act.refuse));
      }
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const act = acts.shift() ?? 'take';
        if (typeof act === 'object') return done(refusal(act.refuse));
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        mails.push({ to, from: mailFrom ? mailFrom.address : '', ...readMail(Buffer.concat(chunks).toString('utf8')) });
        for (const tell of heard) tell();
        if (act !== 'swallow') done(null, 'kept');
      });
    },
  });
  // A client that gives up breaks the line; that is what some tests are about.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    get refused() {
      return refused;
    },
    script: (...next) => void acts.push(...next),
    forget: () => {
      acts.length = 0;
    },
    gets: (count) =>
      new Promise((resolve) => {
        const tell = (): void => {
          if (mails.length < count) return;
          heard.delete(tell);
          resolve();
        };
        heard.add(tell);
        tell();
      }),
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** Headers by lower-case name, folded lines joined; the body out of its transfer encoding. */
function readMail(raw: string): Pick<Mail, 'headers' | 'text' | 'raw'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map(
        (line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const,
      ),
  );
  const body = rest.join('\r\n\r\n');
  const coded = headers.get('content-transfer-encoding');
  const text =
    coded === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : coded === 'quoted-printable'
        ? Buffer.from(
            body
              .replace(/=\r\n/g, '')
              .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8')
        : body;
  return { headers, text, raw };
}
