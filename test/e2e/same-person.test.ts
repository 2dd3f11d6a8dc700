// Story 5 from end to end: the same person comes back angrier while the reply awaits its signature, and again when the card was closed.
import { readFileSync } from 'node:fs';
import type { CardView } from '@rejoinder/contracts/cards';
import { column, isLive, movePanel, openCard, tile, tileIn } from './on-the-board.ts';
import { sign, signOffDesk, TEXT, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AUTHOR = 'Marta Okoye';
const OTHER = 'Piet Nagel';
/** The shipped plan, but a watched card may be closed at once, and a closed one opens again for one second only. */
const SOON_FORGOTTEN = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8')
  .replace(/^version: \d+$/m, 'version: 91')
  .replace('- elapsed: { 1: 24h, 2: 4h, 3: 1h }', '- elapsed: 1s')
  .replace('reopens: { within: 14d', 'reopens: { within: 1s');

test('[WT-5] [PU-5] [CA-6] the same person posts twice more while the reply awaits a signature, and comes back after the card was closed', async ({
  house,
  enter,
}) => {
  const [rosa, cora, sam] = await Promise.all(['Rosa Field', 'Cora Bell', 'Sam Lead'].map((name) => house.staff(name)));
  if (!rosa || !cora || !sam) throw new Error('somebody is missing');
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [cora, ['comms']],
    [sam, ['social_lead', 'publisher']],
  ]);
  const { room, params } = desk;
  const inRoom = { roomId: room.id };
  const rosas = await enter(rosa, desk.page);
  await write(rosas, TEXT);
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  await sign(cora, desk, 'comms');
  const card = async (id = params.cardId): Promise<CardView> => {
    const found = (await room.board()).cards[id];
    if (!found) throw new Error('no card');
    return found;
  };
  const first = await card();
  const clock = first.clocks[0];
  // Somebody who has waited ten minutes longer stands above in the same column.
  const [other] = await room.cardsFrom([
    room.mention('My parcel was left at the wrong house and nobody answers', {
      author: { handle: 'piet.example', name: OTHER, followers: 900 },
      postedAt: new Date(Date.parse(first.posts.firstPostedAt) - 10 * MINUTE).toISOString(),
    }),
  ]);
  const others = { ...inRoom, cardId: other?.id ?? '' };
  const fields = { class: 'complaint', department: 'logistics' };
  await rosa.call('moveCard', { params: others, body: { to: 'owned', take: true, fields } });
  await rosa.call('moveCard', { params: others, body: { to: 'drafting' } });
  await rosa.call('startDraft', { params: others, body: {} });
  const coras = await enter(cora, room.at(`/cards/${others.cardId}`));
  await write(coras, 'We are sorry, Piet. We will look for it today. Rosa');
  await rosa.call('moveCard', { params: others, body: { to: 'sign-off' } });

  await Promise.all([rosas, coras].map((page) => page.goto(room.at())));
  await Promise.all([rosas, coras].map(isLive));
  const inOrder = (page: typeof rosas) => column(page, 'sign-off').locator('a[data-card] .name').allTextContents();
  const trimmed = async (page: typeof rosas) => (await inOrder(page)).map((name) => name.trim());
  await expect.poll(() => trimmed(rosas)).toEqual([OTHER, AUTHOR]);
  await expect(tile(rosas, AUTHOR).getByTitle('1 of 1 signatures on these words')).toBeVisible();

  await test.step('both posts join the card, it heats and rises, the signature is void, the clock counts from the first post', async () => {
    for (const text of ['Still nothing. This is unacceptable.', 'Two hours now! You are ignoring me on purpose.']) {
      const { count } = (await card()).posts;
      await room.deliver([room.mention(text, { author: first.author })]);
      await expect.poll(async () => (await card()).posts.count, { intervals: [50] }).toBe(count + 1);
    }
    for (const page of [rosas, coras]) {
      await expect.poll(() => trimmed(page)).toEqual([AUTHOR, OTHER]);
      await expect(tile(page, AUTHOR).locator('.heat')).toContainText('2');
      await expect(tile(page, AUTHOR).getByTitle(/^0 of 1 signatures on these words; 1/)).toBeVisible();
    }
    const heated = await card();
    expect(heated).toMatchObject({ id: first.id, stage: 'sign-off', heat: 2, posts: { count: 3, unseen: 2 } });
    expect(heated.signOffs).toMatchObject([
      {
        role: 'comms',
        voidedAt: expect.any(String),
        voidReason: 'A new message from this person came after the signature.',
      },
    ]);
    expect(heated.clocks[0]).toEqual(clock);
    expect(clock?.dueAt).toBe(new Date(Date.parse(first.posts.firstPostedAt) + 3 * HOUR).toISOString());
    expect(Object.keys((await room.board()).cards)).toHaveLength(2);
  });

  await test.step('before somebody has opened the new posts nothing goes to Publish, by the page or by the API', async () => {
    await sign(cora, desk, 'comms');
    const { version } = await card();
    const move = { params, body: { to: 'publish', seenVersion: version } };
    expect(await rosa.try('moveCard', move)).toMatchObject({
      status: 409,
      refused: {
        missing: [{ rule: 'GU-13', says: '2 new messages from this person are unopened.' }],
      },
    });
    await tile(rosas, AUTHOR).focus();
    await rosas.keyboard.press('m');
    await rosas.keyboard.type('Publish');
    await rosas.keyboard.press('Enter');
    await expect(movePanel(rosas)).toContainText('2 new messages from this person are unopened.');
    await expect(movePanel(rosas).getByRole('button', { name: 'Move to Publish' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await rosas.keyboard.press('Escape');
    await expect(movePanel(rosas)).toBeHidden();
  });

  await test.step('whoever opens the card sees what is new and why the signature broke; then it may go', async () => {
    const beside = await openCard(rosas, AUTHOR);
    await expect(beside.locator('article[data-post] mark')).toHaveCount(2);
    await expect(beside.locator('article[data-post]')).toHaveCount(3);
    await expect.poll(async () => (await card()).posts.unseen).toBe(0);
    await rosas.goto(desk.page);
    await expect(rosas.locator('[data-seal="valid"]')).toBeVisible();
    await rosas.getByTestId('move-card').click();
    await expect.poll(async () => (await card()).stage).toBe('publish');
    const sams = await enter(sam, desk.page);
    await sams.getByTestId('publish').click();
    await expect(sams.locator('[data-reply="published"]')).toBeVisible();
    expect(room.replies()).toMatchObject([{ text: TEXT }]);
    expect((await card()).clocks[0]).toMatchObject({ startedAt: clock?.startedAt, stoppedAt: expect.any(String) });
  });

  /** The person wants nothing more, and the card is closed. */
  const close = async (): Promise<void> => {
    await rosa.call('followUp', { params, body: { state: 'declined', note: 'It arrived, she says thanks.' } });
    await rosa.call('moveCard', {
      params,
      body: { to: 'closed', seenVersion: (await card()).version, reason: 'Done.' },
    });
    expect((await card()).closedAt).not.toBeNull();
  };
  const returns = (text: string) => room.deliver([room.mention(text, { author: first.author })]);

  await test.step('who comes back within the days of the plan opens the closed card again', async () => {
    await expect.poll(async () => (await card()).stage).toBe('follow-up');
    await close();
    await returns('It is broken again, my parcel never arrived after all!');
    await expect.poll(async () => (await card()).closedAt).toBeNull();
    expect(await card()).toMatchObject({ stage: 'owned', posts: { count: 4 } });
    await expect(tileIn(coras, 'owned', AUTHOR)).toBeVisible();
  });

  await test.step('who comes back later gets a card of their own, and the old one stays closed', async () => {
    await house.admin.call('adoptPlaybook', { params: inRoom, body: { text: SOON_FORGOTTEN } });
    await rosa.call('moveCard', { params, body: { to: 'watch', reason: 'She only vents now.' } });
    const shut = async () => {
      const { version } = await card();
      return (await rosa.try('moveCard', { params, body: { to: 'closed', seenVersion: version, reason: 'Enough.' } }))
        .status;
    };
    await expect.poll(shut).toBe(200);
    const { closedAt } = await card();
    await expect.poll(() => Date.now() - Date.parse(closedAt ?? '')).toBeGreaterThan(1_000);
    await returns('My parcel is lost once more and I want a refund, this is unacceptable!');
    const hers = async () =>
      Object.values((await room.board()).cards).filter((each) => each.author.handle === first.author.handle);
    await expect.poll(async () => (await hers()).length).toBe(2);
    expect((await card()).closedAt).toBe(closedAt);
    expect((await hers()).find((each) => each.id !== first.id)).toMatchObject({ stage: 'new', posts: { count: 1 } });
  });
});
