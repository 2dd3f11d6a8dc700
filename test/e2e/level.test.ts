// The level rises mid-storm: signatures given stay, only the missing ones are asked for; lowering waits its time and takes two.
import { editor, isLive, isSaved, movePanel, openCard, tile, tileIn } from './on-the-board.ts';
import { expect, test } from './story.ts';

const AUTHOR = 'Ines Vega';

test('[UI-15] [RM-11] a raised level says what it does, keeps the signature and asks for the missing ones; lowering is refused for its time', async ({
  house,
  enter,
}) => {
  const [sam, cora, ida] = [
    await house.staff('Sam Lind'),
    await house.staff('Cora Bell'),
    await house.staff('Ida Hale'),
  ];
  const room = await house.openRoom([
    [sam, ['social_lead', 'responder']],
    [cora, ['comms']],
    [ida, ['commander']],
  ]);
  const author = { handle: 'ines.example', name: AUTHOR, followers: 900 };
  const [card] = await room.cardsFrom([room.mention('My parcel arrived broken and nobody answers me', { author })]);
  const params = { roomId: room.id, cardId: card?.id ?? '' };
  const fields = { class: 'complaint', department: 'logistics' };
  await sam.call('moveCard', { params, body: { to: 'owned', take: true, fields } });
  await sam.call('moveCard', { params, body: { to: 'drafting' } });
  await sam.call('startDraft', { params, body: {} });
  const sams = await enter(sam, room.at());
  await isLive(sams);
  await openCard(sams, AUTHOR);
  await editor(sams).click();
  await sams.keyboard.type('We are sorry, Ines, that should not have happened. We will send a new one today. Sam');
  await isSaved(sams);
  await sam.call('moveCard', { params, body: { to: 'sign-off' } });
  const { fingerprint } = await cora.call('draftText', { params });
  await cora.call('sign', { params, body: { fingerprint, role: 'comms' } });
  await expect(tileIn(sams, 'sign-off', AUTHOR).getByTitle('1 of 1 signatures on these words')).toBeVisible();

  const idas = await enter(ida, room.at());
  await isLive(idas);
  const level = idas.getByRole('dialog', { name: 'Level of this room' });
  const previews: string[] = [];
  const set = async (name: RegExp, why: string): Promise<void> => {
    await idas.getByTitle(/Change it/).click();
    await level.getByRole('radio', { name }).check();
    const asked = level.getByRole('region', { name: /What level/ });
    await expect(asked).toContainText('What the plan says then');
    previews.push((await asked.textContent()) ?? '');
    await level.getByLabel('Why now?').fill(why);
    await level.getByRole('button', { name: /Set level/ }).click();
  };
  await set(/Crisis/, 'It is on television.');
  await expect(level).toBeHidden();
  expect(previews[0]).toContain('One open card gets new times');
  expect(previews[0]).toMatch(/One signed reply needs more:\s*Ines Vega\s*still Legal/);
  expect(previews[0]).toMatch(/First public reply\s*3 hours\s*→\s*1 hour/);
  await expect(tileIn(sams, 'sign-off', AUTHOR).getByTitle('1 of 3 signatures on these words')).toBeVisible();
  await tile(sams, AUTHOR).focus();
  await sams.keyboard.press('m');
  await sams.keyboard.type('Publish');
  await sams.keyboard.press('Enter');
  await expect(movePanel(sams)).toContainText('Legal');
  await expect(movePanel(sams).getByRole('button', { name: 'Move to Publish' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  const after = (await room.board()).cards[params.cardId];
  expect(after?.signOffs.map((each) => [each.role, each.voidedAt])).toEqual([['comms', null]]);

  await set(/Issue/, 'It is over.');
  await expect(level.getByRole('alert')).toContainText('The level stays at least until');
  expect((await room.board()).room.level).toBe(3);
  expect(previews[1]).toMatch(/First public reply\s*1 hour\s*→\s*3 hours/);
});
