// A receiver that takes a statement and never answers: nobody knows, until the platform is asked.
import { expect, it } from 'vitest';
import { statementDesk } from '../support/statement-desk.ts';

it('[CR-25] a receiver that hangs leaves it unknown; the platform is asked, and it is never sent again by itself', async () => {
  await using desk = await statementDesk({ sendMs: 1_500 });
  const { w, house, ready, publish, cancel, became, settle, line } = desk;
  const statement = await ready('holding-unclear', { what: 'parcels are late', time: '14:00' });
  house.post.script({ do: 'hang', posts: true });
  await publish(statement);
  const posting = await became(statement, 'unknown');
  expect(posting.says).toMatch(/look/i);
  expect(await publish(statement)).toMatchObject({ status: 409, refused: { fix: [{ do: 'settle' }] } });
  expect(await cancel(statement)).toMatchObject({ status: 409, refused: { rule: 'CR-25' } });
  expect((await line(statement.id)).statement.posted).toBeNull();
  house.post.standing.set(posting.jobId, {
    status: 200,
    body: { url: 'https://social.example/9', text: statement.text },
  });
  w.at('09:01');
  expect(await became(statement, 'published')).toMatchObject({ url: 'https://social.example/9', matches: true });
  expect((await line(statement.id)).statement.posted?.url).toBe('https://social.example/9');
  expect(house.post.received).toHaveLength(1);
  expect(await settle(statement, 'published')).toMatchObject({ status: 409, refused: { rule: 'CR-25' } });
});
