// The server is killed while a message to one of our people is under way: it is told again, and never lost.
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/src/db/database.ts';
import { tell } from '../../server/src/reaching/reaching.service.ts';
import { until } from '../coedit/typist.ts';
import { mailServer } from '../support/mail-server.ts';
import { world } from '../support/world.ts';
import { serverProcess } from './server-process.ts';

it('[RE-8] killed between sending and noting it, a server that starts again tells the message again under the same id', async () => {
  await using w = await world({ realClock: true });
  const ria = await w.person('Ria', ['responder']);
  const mail = await mailServer();
  const { db } = openDatabase(w.databaseUrl, 2);
  const { secretKey, publicOrigin } = w.app.deps.config;
  const { roomId, messageId } = await queued();
  // From here on the database belongs to the process that is killed.
  await w.app.close();
  const server = await serverProcess({
    DATABASE_URL: w.databaseUrl,
    SECRET_KEY: secretKey,
    PUBLIC_ORIGIN: publicOrigin,
    SMTP_URL: mail.url,
    MAIL_FROM: 'warroom@rejoinder.test',
  });
  const message = db.updateTable('messages').where('message_id', '=', messageId);
  const state = () =>
    db.selectFrom('messages').selectAll().where('message_id', '=', messageId).executeTakeFirstOrThrow();
  const now = (): string => new Date().toISOString();
  try {
    mail.script('swallow');
    await server.start();
    await message.set({ run_at: now() }).execute();
    await mail.gets(1);
    await server.kill();
    expect(await state()).toMatchObject({ state: 'sending', attempt: 1 });
    // The time in which the one that was killed might still have answered is over.
    await message.set({ deadline_at: now() }).execute();
    await server.start();
    await until(async () => (await state()).state === 'waiting', 'it is found interrupted');
    await message.set({ run_at: now() }).execute();
    await mail.gets(2);
    await until(async () => (await state()).state === 'delivered', 'it is delivered');
    expect(mail.mails.map(({ headers }) => headers.get('message-id'))).toEqual([
      `<${messageId}@rejoinder.test>`,
      `<${messageId}@rejoinder.test>`,
    ]);
    const events = await db.selectFrom('events').select('type').where('room_id', '=', roomId).execute();
    expect(events.filter(({ type }) => type.startsWith('message.'))).toEqual([{ type: 'message.delivered' }]);
  } finally {
    await server.end();
    await db.destroy();
    await mail.close();
  }

  /** A message whose time comes when the test says so. */
  function queued(): Promise<{ roomId: string; messageId: string }> {
    const actor = { kind: 'system' as const, id: 'system:test', name: 'Test', roles: [] };
    return w.app.deps.events.change({ roomId: w.room.id, actor }, async ({ tx }) => {
      const at = new Date(Date.now() + 3_600_000).toISOString();
      const messageId = await tell(
        w.app.deps,
        tx,
        {
          roomId: w.room.id,
          to: { userId: ria.userId, name: 'Ria', phone: null },
          ways: ['email'],
          about: { kind: 'ask', id: 'ask_1', cardId: null },
          urgent: true,
          title: 'Sam asks you to take a card',
          says: '',
          path: '/rooms',
        },
        at,
      );
      return { roomId: w.room.id, messageId };
    });
  }
}, 120_000);
