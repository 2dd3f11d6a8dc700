// Private, then public again, by two people in two browsers; and words that do not get past the plan.
import type { Desk, Staff } from './house.ts';
import { editor, isSaved } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const SECRET = 'I live at 7 Quillfeather Lane';

/** A card in Drafting, owned by this person, with these words in its reply. */
async function written(room: Desk, by: Staff, page: Page, handle: string, name: string): Promise<string> {
  const [card] = await room.cardsFrom([
    room.mention('My parcel was left in the rain and is ruined, I want a refund. Nobody answers!', {
      author: { handle, name, followers: 9 },
    }),
  ]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  const fields = { class: 'complaint', department: 'logistics' };
  await by.call('moveCard', { params, body: { to: 'owned', fields, take: true } });
  await by.call('moveCard', { params, body: { to: 'drafting' } });
  await by.call('seePosts', { params, body: { count: 1 } });
  await by.call('startDraft', { params, body: {} });
  await page.goto(room.at(`/cards/${params.cardId}`));
  await editor(page).waitFor();
  await editor(page).click();
  return params.cardId;
}
const part = (page: Page, id: string) => page.locator(`section#${id}`);
const findingsIn = (page: Page) => page.locator('[data-finding="block"]');

test('[PV-1] [PV-5] a talk goes private with a pointer, is read by those who hold it, and comes back in public', async ({
  house,
  enter,
}) => {
  const [rosa, sam, lena] = [
    await house.staff('Rosa Field'),
    await house.staff('Sam Lind'),
    await house.staff('Lena Marsh'),
  ];
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead']],
    [lena, ['legal', 'comms']],
  ]);
  const page = await enter(rosa, room.at());
  const cardId = await written(room, rosa, page, 'marta.example', 'Marta Okoye');
  const params = { roomId: room.id, cardId };
  const at = room.at(`/cards/${cardId}`);
  const onLena = await enter(lena, at);

  await test.step('an account number in the public draft is marked and blocks, and one press takes it out', async () => {
    await page.keyboard.type(
      'I am sorry, Marta. I have your account 4471 0093 12 here and come back to this thread tomorrow. Rosa',
    );
    await expect(page.locator('.cm-lintRange-error')).toHaveText('4471 0093 12');
    await expect(findingsIn(page)).toContainText('account number');
    await page.keyboard.press('F8');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(editor(page)).not.toContainText('4471');
    await expect(findingsIn(page)).toHaveCount(0);
    await isSaved(page);
  });
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  const { fingerprint } = await lena.call('draftText', { params });
  await lena.call('sign', { params, body: { fingerprint, role: 'comms' } });
  await sam.call('moveCard', {
    params,
    body: { to: 'publish', seenVersion: (await rosa.call('card', { params })).card.version },
  });
  expect(await sam.try('moveCard', { params, body: { to: 'private' } })).toMatchObject({ status: 409 });
  await rosa.call('assessCard', { params, body: { fields: { private_reason: 'personal_data' } } });
  await sam.call('publish', { params, body: { fingerprint } });

  await test.step('what is said in private is on the screen of those who hold it alone', async () => {
    await part(page, 'private').getByLabel('Words').fill(SECRET);
    await part(page, 'private').getByRole('button', { name: 'Write it down' }).click();
    await expect(part(page, 'private').locator('[data-private="from_them"]')).toContainText(SECRET);
    await expect(part(onLena, 'private')).toContainText('1 entry');
    await expect(part(onLena, 'private')).toContainText('is read by Responder, Social lead and Department contact');
    await expect(onLena.locator('body')).not.toContainText('Quillfeather');
    const wall = await enter(lena, room.at('/wall'));
    await expect(wall.locator('body')).not.toContainText('Quillfeather');
    await part(page, 'private').getByRole('button', { name: 'Remove all words' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove all words' }).click();
    await expect(part(page, 'private')).toContainText('The words were removed by Rosa Field.');
    await expect(part(page, 'private')).not.toContainText('Quillfeather');
  });
  const outcome = { private_outcome: 'We sent a new one.' };
  await rosa.call('moveCard', { params, body: { to: 'follow-up', fields: outcome } });
  await rosa.call('setRemedy', { params, body: { promised: 'A refund', worth: 90, delivered: false } });

  await test.step('it closes once we are back in public and what was promised is done by somebody who may', async () => {
    const close = () => rosa.try('moveCard', { params, body: { to: 'closed' } });
    expect(await close()).toMatchObject({ refused: { missing: [{ rule: 'GU-17' }, { rule: 'GU-18' }] } });
    const follow = part(page, 'follow-up');
    await follow.getByLabel('Note').fill('https://elsewhere.example/1');
    await follow.getByRole('button', { name: 'Record it' }).click();
    await expect(follow).toContainText('not where Marta Okoye wrote');
    await follow.getByLabel('Note').fill('Under their post: they are content.');
    await follow.getByRole('button', { name: 'Record it' }).click();
    await expect(follow).toContainText('Asked in public');
    const body = { promised: 'A refund', delivered: true };
    expect(await rosa.try('setRemedy', { params, body })).toMatchObject({ refused: { rule: 'CA-15' } });
    await sam.call('setRemedy', { params, body });
    expect(await close()).toMatchObject({ status: 200 });
  });
});

test('[VO-13] a copy is stopped and shown, other words pass, and what the plan bans is taken out in one press', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead']],
  ]);
  const page = await enter(rosa, room.at());
  const first = await written(room, rosa, page, 'one.example', 'Ida Holm');
  const params = { roomId: room.id, cardId: first };
  const REPLY =
    'I am sorry, Ida, that should not have happened. Your parcel stood in our depot in Leeds and we bring a new one tomorrow. Rosa';
  await page.keyboard.insertText(REPLY);
  await isSaved(page);
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  const { fingerprint } = await sam.call('draftText', { params });
  await sam.call('sign', { params, body: { fingerprint, role: 'social_lead' } });
  await sam.call('moveCard', {
    params,
    body: { to: 'publish', seenVersion: (await rosa.call('card', { params })).card.version },
  });
  await sam.call('publish', { params, body: { fingerprint } });
  await expect.poll(async () => (await rosa.call('card', { params })).card.reply?.state).toBe('published');

  const second = await written(room, rosa, page, 'two.example', 'Tom Weller');
  const on = { roomId: room.id, cardId: second };
  const next = () => rosa.try('moveCard', { params: on, body: { to: 'sign-off' } });
  await page.keyboard.insertText(REPLY.replace('Ida', 'Tom'));
  await expect(page.locator('[data-like]')).toContainText('I am sorry, Ida');
  await expect(page.locator('[data-like] a')).toHaveAttribute('href', `/rooms/${room.id}/cards/${first}`);
  await isSaved(page);
  expect(await next()).toMatchObject({ status: 409, refused: { says: expect.stringContaining('I am sorry, Ida') } });

  const write = async (text: string) => {
    await editor(page).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  };
  for (const [words, left] of [
    [
      'Sorry, Tom. You’re the ОNLY one to report th\u200bis. We look into it. Rosa',
      /^Sorry, Tom\. ?to report .* Rosa$/,
    ],
    [
      'Apologies if anyone felt of-fended. Thank you, we look into it. Rosa',
      /^\.? ?Thank you, we look into it\. Rosa$/,
    ],
  ] as const) {
    await write(words);
    const finding = findingsIn(page).first();
    await expect(finding).toBeVisible();
    await expect(finding.locator('cite')).not.toBeEmpty();
    await finding.getByRole('button').click();
    await expect(findingsIn(page)).toHaveCount(0);
    await expect.poll(async () => ((await editor(page).textContent()) ?? '').trim()).toMatch(left);
  }
  await write(
    'Tom, you waited far too long and I am sorry. We found it at the depot; a van leaves with it at eight, and I will write to you when it is there.',
  );
  await page.getByRole('button', { name: 'Sign with Rosa' }).click();
  await expect(editor(page)).toContainText('when it is there. Rosa');
  await expect(findingsIn(page)).toHaveCount(0);
  await isSaved(page);
  await expect
    .poll(async () => {
      const answer = await next();
      return 'refused' in answer ? answer.refused.says : answer.status;
    })
    .toBe(200);
});
