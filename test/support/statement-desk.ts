// A crisis with two accounts that post to scripted receivers, and what people do about a statement that goes out from them.
import type { PostingView, StatementLine, StatementView } from '@rejoinder/contracts/statements';
import { until } from '../coedit/typist.ts';
import { crisisDesk } from './crisis-desk.ts';
import { type Receiver, receiver } from './receiver.ts';
import type { Person, WorldOptions } from './world.ts';

export type StatementDesk = Awaited<ReturnType<typeof statementDesk>>;
type Account = { id: string; name: string; secret: string; post: Receiver };

/** Level 3, declared and frozen at 09:00; the world's clock stands there. */
export async function statementDesk(options: WorldOptions = {}) {
  const desk = await crisisDesk({ ...options, accounts: [] });
  const { w, cora, pia, params, act } = desk;
  await desk.declare(desk.ida);
  await desk.confirm(cora);
  const account = async (platform: string, name: string): Promise<Account> => {
    const post = await receiver();
    const readBack = `${post.url}/{key}`;
    const { room, secret } = await cora.call('addAccount', {
      params,
      body: { platform, name, url: post.url, readBack },
    });
    return { id: room.accounts.at(-1)?.id ?? '', name, secret, post };
  };
  const [house, shop] = [await account('mastodon', '@house@social.example'), await account('telegram', 'house')];
  const line = async (id: string): Promise<StatementLine> => {
    const { statements } = await cora.call('statements', { params });
    const found = statements.find(({ statement }) => statement.id === id);
    if (!found) throw new Error(`there is no statement ${id}`);
    return found;
  };
  const halfAnHourOn = () => new Date(Date.parse(w.now()) + 1_800_000).toISOString();
  const posting = async ({ id }: { id: string }, on: Account = house): Promise<PostingView | undefined> =>
    (await line(id)).statement.postings?.find(({ accountId }) => accountId === on.id);
  return {
    ...desk,
    house,
    shop,
    line,
    posting,
    /** A cleared text with its slots filled, or in these other words. */
    ready: async (
      planId: string,
      slots: Record<string, string>,
      text: string | null = null,
    ): Promise<StatementView> => {
      const answer = await desk.prepare(planId, slots, text);
      if ('reply' in answer) return answer.reply.statement;
      throw new Error(`it was not prepared: ${JSON.stringify(answer)}`);
    },
    publish: (
      { id, fingerprint }: StatementView,
      over: { from?: Account[]; nextAt?: string | null; fingerprint?: string } = {},
      by: Person = pia,
    ) =>
      act(() =>
        by.try('publishStatement', {
          params: { ...params, statementId: id },
          body: {
            fingerprint: over.fingerprint ?? fingerprint,
            accountIds: (over.from ?? [house]).map((each) => each.id),
            nextAt: over.nextAt === undefined ? halfAnHourOn() : over.nextAt,
          },
        }),
      ),
    cancel: ({ id }: StatementView, reason = 'Not yet.', on: Account = house) =>
      act(() =>
        pia.try('cancelStatement', { params: { ...params, statementId: id, accountId: on.id }, body: { reason } }),
      ),
    settle: ({ id }: StatementView, outcome: 'published' | 'not-published', by: Person = cora, on: Account = house) =>
      act(() =>
        by.try('settleStatement', {
          params: { ...params, statementId: id, accountId: on.id },
          body: { outcome, note: 'I looked.' },
        }),
      ),
    /** Waits until the posting is in this state and what follows is written. */
    async became(statement: { id: string }, state: PostingView['state'], on: Account = house): Promise<PostingView> {
      await until(async () => {
        w.app.publishing.wake();
        return (await posting(statement, on))?.state === state;
      }, `the statement is ${state}`);
      await w.settled();
      const found = await posting(statement, on);
      if (!found) throw new Error('there is no posting');
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { post } of [house, shop]) {
        post.letGo();
        await post.close();
      }
      await desk[Symbol.asyncDispose]();
    },
  };
}
