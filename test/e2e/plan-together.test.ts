// The next plan, written by two in one text, and read by a third.
import { isAccessible } from './accessible.ts';
import { isSaved } from './on-the-board.ts';
import { expect, type Page, test } from './story.ts';

const field = (page: Page) => page.getByTestId('plan-editor');
const finding = (page: Page, says: string) => page.locator('[data-finding]').filter({ hasText: says });

test('[PD-4] two write the next plan in one text, see each other and each other’s faults; a third reads it', async ({
  house,
  enter,
}) => {
  const [ada, sam, rosa] = [
    await house.staff('Ada Planner'),
    await house.staff('Sam Lind'),
    await house.staff('Rosa Field'),
  ];
  const room = await house.openRoom([
    [ada, ['commander']],
    [sam, ['social_lead']],
    [rosa, ['responder']],
  ]);
  const early = await enter(rosa, room.at('/playbook/together'));
  await expect(early.getByText('Nobody has begun a next plan together.')).toBeVisible();

  const adas = await enter(ada, room.at('/playbook/edit'));
  await adas.getByRole('button', { name: 'Write it together' }).click();
  await expect(adas).toHaveURL(/together$/);
  await expect(field(adas)).toContainText('playbook: consumer-brand');
  const sams = await enter(sam, room.at('/playbook/together'));
  await expect(field(sams)).toContainText('playbook: consumer-brand');
  await expect(adas.getByText('with Sam Lind')).toBeVisible();

  await field(adas).click();
  await adas.keyboard.press('ControlOrMeta+Home');
  await adas.keyboard.press('ArrowDown');
  await adas.keyboard.press('End');
  await adas.keyboard.type('-two');
  await expect(field(sams)).toContainText('consumer-brand-two');
  await field(sams).click();
  await sams.keyboard.press('ControlOrMeta+Home');
  await sams.keyboard.press('ArrowDown');
  await sams.keyboard.press('End');
  await sams.keyboard.press('Enter');
  await sams.keyboard.type('nonsense: 1');
  for (const page of [adas, sams]) await expect(finding(page, 'nonsense').first()).toBeVisible();
  await expect(field(adas).locator('.cm-ySelectionInfo')).toHaveText(/^Sam/);
  await isSaved(sams);
  await isAccessible(sams, 'writing a plan together');

  const rosas = await enter(rosa, room.at('/playbook/together'));
  await expect(field(rosas)).toContainText('consumer-brand-two');
  await expect(field(rosas)).toHaveAttribute('contenteditable', 'false');
  await adas.reload();
  await expect(field(adas)).toContainText('nonsense: 1');
});
