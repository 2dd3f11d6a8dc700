// The publishing part of story 10: two people break the glass at the highest level, the words go out once and are marked; what nobody knows is settled by a person.
import { readFileSync } from 'node:fs';
import { signOffDesk, write } from './sign-off-desk.ts';
import { expect, test } from './story.ts';

const TEXT = 'We are sorry, Marta. We are looking into it and will write here by noon. Rosa';
/** The shipped plan, but what is asked after twenty silent minutes may be asked at once. */
const PLAN = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8')
  .replace(/^version: \d+$/m, 'version: 90')
  .replace(/^(over: .*\nfrom_level: \d+\n)after: .*\n/m, '$1');

test('[WT-10] commander and executive break the glass for unsigned words: they go out once, marked on card and wall, and an outcome nobody knows waits for a person', async ({
  house,
  enter,
}) => {
  const [rosa, cora, edwin, pia] = await Promise.all(
    ['Rosa Field', 'Cora Command', 'Edwin Exec', 'Pia Press'].map((name) => house.staff(name)),
  );
  if (!rosa || !cora || !edwin || !pia) throw new Error('somebody is missing');
  const desk = await signOffDesk(house, [
    [rosa, ['responder']],
    [cora, ['commander']],
    [edwin, ['executive']],
    [pia, ['publisher']],
  ]);
  const { params, room } = desk;
  const inRoom = { roomId: room.id };
  await house.admin.call('adoptPlaybook', { params: inRoom, body: { text: PLAN } });
  const rosas = await enter(rosa, desk.page);
  await write(rosas, TEXT);
  await rosa.call('moveCard', { params, body: { to: 'sign-off' } });
  await cora.call('setLevel', { params: inRoom, body: { level: 3, reason: 'It is on television.' } });

  await test.step('one asks, the other agrees, and what they passed over is told', async () => {
    const coras = await enter(cora, desk.page);
    await coras.locator('#move summary').filter({ hasText: 'Break-glass' }).click();
    await coras.getByLabel('Why it cannot wait').fill('Legal and its deputy are silent; the story runs at noon.');
    await coras.getByTestId('ask-glass').click();
    await expect(coras.locator('[data-glass="asked"]')).toBeVisible();
    const edwins = await enter(edwin, desk.page);
    await edwins.getByTestId('agree-glass').click();
    for (const page of [coras, edwins, rosas]) {
      await expect(page.locator('[data-glass="used"]')).toContainText('Cora Command and Edwin Exec broke the glass');
      await expect(page.locator('[data-glass="used"]')).toContainText('Passed over');
    }
    await edwins.goto(room.at('/wall'));
    await expect(edwins.getByText('Break-glass used, not reviewed')).toBeVisible();
  });

  // The platform posts it and the line breaks before it can say so.
  room.script({ do: 'reset', posts: true });
  const pias = await enter(pia, desk.page);
  await pias.getByTestId('publish').click();
  await expect(pias.locator('[data-reply="unknown"]')).toBeVisible();
  await expect(pias.getByTestId('publish')).toHaveCount(0);
  const words = await pia.call('draftText', { params });
  const again = await pia.try('publish', { params, body: { fingerprint: words.fingerprint } });
  expect(again).toMatchObject({ status: 409, refused: { rule: 'PU-3', fix: [{ do: 'settle' }] } });

  await test.step('a person looks and says what stands there', async () => {
    await pias.getByLabel('I looked at the thread').selectOption('It is there');
    await pias.getByLabel('Address of the post').fill('https://bsky.example/post-1');
    await pias.getByLabel('What did you see?').fill('It stands under her post, in these words.');
    await pias.getByTestId('settle').click();
    await expect(pias.locator('[data-reply="published"]')).toBeVisible();
    await expect(pias.locator('[data-glass="used"]')).toBeVisible();
  });
  expect(room.replies()).toMatchObject([{ text: TEXT }]);
  const card = (await room.board()).cards[params.cardId];
  expect(card).toMatchObject({ reply: { state: 'published', attempt: 1 }, glass: { state: 'used' } });
});
