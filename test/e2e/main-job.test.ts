// The main job by two people in two browsers: from a mention on the network to the exact bytes at the platform.
import { column, drag, drawnAt, editor, isLive, isSaved, movePanel, openCard, tileIn } from './on-the-board.ts';
import { expect, test } from './story.ts';

test('[UI-1] a mention becomes a signed reply that is published once, on two live screens', async ({
  house,
  enter,
}) => {
  const [rosa, sam] = [await house.staff('Rosa Field'), await house.staff('Sam Lind')];
  const room = await house.openRoom([
    [rosa, ['responder']],
    [sam, ['social_lead']],
  ]);
  const rosas = await enter(rosa, room.at());
  const sams = await enter(sam, room.at());
  await isLive(rosas);
  await isLive(sams);

  const author = 'Marta Okoye';
  const mention = room.mention('My parcel was left in the rain and is ruined, I want a refund. Nobody answers!', {
    author: { handle: 'marta.example', name: author, followers: 950 },
  });
  const drawn = [drawnAt(rosas, author), drawnAt(sams, author)];
  await room.deliver([mention]);
  const answered = Date.now();
  // Triage and two browsers included. About 150 ms on a quiet machine.
  for (const at of await Promise.all(drawn)) expect(at - answered).toBeLessThan(1000);

  await test.step('the move panel collects what is missing', async () => {
    await drag(rosas, author, 'owned');
    const panel = movePanel(rosas);
    await panel.getByLabel('Class').selectOption({ label: 'Complaint' });
    await panel.getByLabel('Department').selectOption({ label: 'Logistics and delivery' });
    await panel.getByRole('button', { name: 'Move to Owned' }).click();
    await expect(tileIn(sams, 'owned', author)).toBeVisible();
  });
  const card = await openCard(rosas, author);
  await card.getByRole('button', { name: 'Take it' }).click();
  await expect(tileIn(sams, 'owned', author).locator('.owner [title="Owned by Rosa Field"]')).toBeVisible();
  await card.getByTestId('move-card').click();
  await expect(tileIn(sams, 'drafting', author)).toBeVisible();

  await test.step('both type in one draft and see whose caret is whose', async () => {
    await card.getByTestId('start-draft').click();
    await editor(rosas).click();
    await rosas.keyboard.type('We are sorry, Marta, that should not have happened.');
    await openCard(sams, author);
    await expect(editor(sams)).toContainText('should not have happened.');
    await editor(sams).click();
    await sams.keyboard.press('ControlOrMeta+End');
    await sams.keyboard.type(' We will send a new one today. Sam');
    await expect(editor(rosas)).toContainText('today. Sam');
    await expect(editor(rosas).locator('.cm-ySelectionInfo')).toHaveText(/^Sam/);
    await rosas.keyboard.press('ControlOrMeta+End');
    await expect(editor(sams).locator('.cm-ySelectionInfo')).toHaveText(/^Rosa/);
    await isSaved(rosas);
    await isSaved(sams);
  });
  await card.getByTestId('move-card').click();
  await expect(tileIn(sams, 'sign-off', author)).toBeVisible();

  const seals = [rosas, sams].map((page) => page.locator('aside[data-beside] [data-seal="valid"]'));
  const cracked = [rosas, sams].map((page) => page.locator('aside[data-beside] [data-seal="void"]'));
  const sign = async (): Promise<void> => {
    await sams.getByTestId('open-sign').click();
    await sams.getByTestId('sign').click();
    await expect(sams.locator('[data-seal="valid"]')).toBeVisible();
    await sams.goto(room.at());
    await isLive(sams);
    await openCard(sams, author);
    for (const seal of seals) await expect(seal).toBeVisible();
  };
  await test.step('one comma voids the signature on both screens', async () => {
    await sign();
    await editor(rosas).click();
    await rosas.keyboard.press('ControlOrMeta+End');
    await rosas.keyboard.type(',');
    for (const seal of cracked) await expect(seal).toBeVisible();
    await expect(sams.getByTestId('publish')).toHaveAttribute('aria-disabled', 'true');
    await isSaved(rosas);
  });
  await sign();

  const text = 'We are sorry, Marta, that should not have happened. We will send a new one today. Sam,';
  await test.step('it is published once, byte for byte', async () => {
    await sams.getByTestId('move-card').click();
    await expect(tileIn(rosas, 'publish', author)).toBeVisible();
    await sams.getByTestId('publish').click();
    await expect(tileIn(rosas, 'follow-up', author)).toBeVisible();
    await expect(tileIn(sams, 'follow-up', author)).toBeVisible();
    expect(room.replies()).toEqual([{ text, inReplyTo: mention.nativeId }]);
  });

  const board = await room.board();
  const done = Object.values(board.cards)[0];
  expect(done?.reply).toMatchObject({ state: 'published', matches: true });
  expect(done?.fingerprint).toBe(done?.reply?.fingerprint);
  const measured = await sam.call('measures', { params: { roomId: room.id } });
  expect(measured).toMatchObject({ answered: 1, cards: 1, breaches: 0, oldestUnanswered: null });
  await sams.goto(room.at('/wall'));
  const wall = sams.getByRole('main');
  await expect(wall.getByText('Everyone has an answer')).toBeVisible();
  await expect(wall.getByText(`${measured.answered} done, ${measured.open} open`)).toBeVisible();
  for (const stage of measured.byStage) {
    await expect(column(rosas, stage.stage).locator('a[data-card]')).toHaveCount(stage.count);
    const row = wall.getByRole('listitem').filter({ has: sams.getByText(stage.title, { exact: true }) });
    await expect(row.locator('.count')).toHaveText(String(stage.count));
  }
});
