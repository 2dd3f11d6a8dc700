// The states of signing and publishing that axe looks at: what a signer is warned of, a reply that is held, an account that is locked out.
import { BRIEFLY, isAccessible } from './accessible.ts';
import { sign, signOffDesk, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
test('[UI-8] words with hidden and look-alike letters, a held reply and a locked-out account are accessible', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [sam, ['social_lead', 'publisher', 'comms', 'administrator']],
  ]);
  const { params } = desk;
  const page = await enter(rosa, desk.page);
  await write(page, 'We are sorry, Marta. Write to p\u0430ypal\u200b today, we send a new parcel. Rosa');
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  const sams = await enter(sam, `${desk.page}/sign`, PHONE);
  await expect(sams.getByTestId('look-alikes')).toBeVisible();
  await sams.getByTestId('sign').tap();
  await isAccessible(sams, 'sign with look-alikes');
  await sams.getByTestId('sign').tap();
  await expect(sams.locator('[data-seal="valid"]')).toBeVisible();
  const card = (await desk.room.board()).cards[params.cardId];
  await sam.call('moveCard', { params, body: { to: 'publish', seenVersion: card?.version ?? 1 } });
  const { fingerprint } = await sam.call('draftText', { params });
  desk.room.script({ do: 'answer', status: 401, body: 'token revoked' });
  await sam.call('publish', { params, body: { fingerprint } });
  await expect.poll(async () => (await desk.room.board()).cards[params.cardId]?.reply?.state).toBe('held');
  await sams.goto(desk.page);
  await expect(sams.locator('[data-reply]')).toBeVisible();
  await isAccessible(sams, 'held');
  await sams.goto(desk.room.at('/sources'));
  await expect(sams.locator('[data-account]')).toBeVisible();
  await isAccessible(sams, 'account');
});

test('[UI-8] facts beside a reply, a private talk and the question that begins a correction are accessible', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [sam, ['social_lead', 'publisher', 'comms', 'legal']],
  ]);
  const { params } = desk;
  const storyId = (await desk.room.board()).cards[params.cardId]?.storyId ?? '';
  const story = { roomId: desk.room.id, storyId };
  const facts = [{ text: 'About 12,000 parcels got wet on 2 March.', source: 'Depot log' }];
  const { sheet } = await rosa.call('writeFacts', { params: story, body: { facts, after: 0 } });
  const approval = { version: 1, fingerprint: sheet.fingerprint, role: 'legal' };
  await sam.call('approveFacts', { params: story, body: approval });
  const page = await enter(rosa, desk.page);
  await write(page, 'I am sorry, Marta. I write to you directly and come back to this thread tomorrow. Rosa');
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  await sign(sam, desk, 'comms');
  const { version: seenVersion } = (await sam.call('card', { params })).card;
  await sam.call('moveCard', { params, body: { to: 'publish', seenVersion } });
  await rosa.call('assessCard', { params, body: { fields: { private_reason: 'personal_data' } } });
  const { fingerprint } = await sam.call('draftText', { params });
  await sam.call('publish', { params, body: { fingerprint } });
  const talk = page.locator('section#private');
  await talk.getByLabel('Words').fill('I live at 7 Quillfeather Lane.');
  await talk.getByRole('button', { name: 'Write it down' }).click();
  await expect(talk.locator('[data-private]')).toBeVisible();
  await expect(page.locator('#facts')).toContainText('12,000 parcels');
  await isAccessible(page, 'facts and a private talk', BRIEFLY);
  await page.getByRole('button', { name: 'Correct it' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await isAccessible(page, 'correcting', BRIEFLY);
});
