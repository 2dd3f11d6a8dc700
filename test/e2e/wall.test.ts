// The wall for twelve hours: comes back by itself, says how old its data is, and agrees with the board.
import { expect, test } from './story.ts';

test('[UI-11] the wall says within ten seconds that it lost its data, and comes back by itself after a restart', async ({
  ownHouse,
  enter,
}) => {
  const { server, admin } = ownHouse;
  const room = await ownHouse.openRoom([]);
  await room.cardsFrom([room.mention('My parcel is lost, I am waiting for a week and nobody answers')]);
  const wall = await enter(admin, room.at('/wall'), { clock: true });
  const age = wall.locator('header .age');
  await expect(age).toHaveText('Current');
  const said = wall.waitForFunction(() => /Data is .* old/.test(document.querySelector('.age')?.textContent ?? ''));
  const lost = Date.now();
  await server.kill();
  await said;
  expect(Date.now() - lost).toBeLessThan(10_000);
  await wall.clock.fastForward(30_000);
  await expect(wall.getByRole('alert')).toContainText('Not current');

  await server.start();
  await room.deliver([room.mention('The driver left my parcel in the rain, it is ruined')]);
  await expect(age).toHaveText('Current', { timeout: 30_000 });
  await expect(wall.getByRole('alert')).toBeHidden();
  await expect(wall.getByText('0 done, 2 open')).toBeVisible();
});

test('[UI-41] a wall that could not fetch a part of itself begins anew when the server answers, and is current', async ({
  house,
  enter,
}) => {
  const room = await house.openRoom([]);
  const wall = await enter(house.admin, room.at('/wall'));
  await expect(wall.locator('header .age')).toHaveText('Current');
  const html = await wall.request.get(room.at('/wall'), { headers: { accept: 'text/html' } });
  const named = new Set((await html.text()).match(/_app[^"]+\.js/g));
  expect(named.size).toBeGreaterThan(2);
  // What the page before still fetches is not to be counted.
  await wall.goto('about:blank');
  let [away, looks] = [true, 0];
  const isNamed = (url: string): boolean => named.has(new URL(url).pathname.slice(1));
  await wall.route(/_app.*\.js$|api\/health/, (route) => {
    if (route.request().url().endsWith('/api/health')) looks += 1;
    return away && !isNamed(route.request().url()) ? route.abort() : route.continue();
  });
  await wall.goto(room.at('/wall'));
  await expect.poll(() => looks).toBeGreaterThan(0);
  await room.cardsFrom([room.mention('My parcel is lost, I am waiting for a week and nobody answers')]);
  // Nothing is taken from under the hands of somebody who types.
  await wall.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus());
  [away, looks] = [false, 0];
  await expect.poll(() => looks, { timeout: 15_000 }).toBeGreaterThan(1);
  await expect(wall.locator('textarea')).toBeFocused();
  await wall.locator('textarea').blur();
  await expect(wall.locator('header .age')).toHaveText('Current', { timeout: 20_000 });
  await expect(wall.getByText('0 done, 1 open')).toBeVisible();
});

test('[UI-12] the figures of the wall are those of the measures, and hold nobody’s name or words', async ({
  house,
  enter,
}) => {
  const room = await house.openRoom([]);
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const text = 'My parcel number zebra is lost and I want a refund';
  const cards = await room.cardsFrom([5, 4, 1, 2].map((hours) => room.mention(text, { postedAt: hoursAgo(hours) })));
  const params = { roomId: room.id };
  const fields = { class: 'complaint', department: 'logistics' };
  for (const card of cards.slice(0, 2))
    await house.admin.call('moveCard', { params: { ...params, cardId: card.id }, body: { to: 'owned', fields } });
  const wall = await enter(house.admin, room.at('/wall'));
  await expect(wall.locator('header .age')).toHaveText('Current');
  // Breaches are found by the clockwork, which looks once a second.
  await expect.poll(async () => (await house.admin.call('measures', { params })).breaches).toBe(2);
  const measured = await house.admin.call('measures', { params });
  const figure = (name: string) => wall.locator('dl > div').filter({ has: wall.getByText(name, { exact: true }) });
  await expect(figure('Overdue now')).toContainText(`${measured.breachedOpen}`);
  await expect(figure('Answered')).toContainText(`${measured.answered} done, ${measured.open} open`);
  await expect(figure('Mentions')).toContainText(`${measured.mentions}`);
  for (const stage of measured.byStage) {
    const row = wall.getByRole('listitem').filter({ has: wall.getByText(stage.title, { exact: true }) });
    await expect(row.locator('.count')).toHaveText(`${stage.count}`);
  }
  const waited = Math.floor((Date.now() - Date.parse(measured.oldestUnanswered?.since ?? '')) / 3_600_000);
  await expect(wall.locator('.hero')).toContainText(`${waited}h`);
  const said = await wall.locator('body').textContent();
  expect(said).not.toContain('zebra');
  expect(said).not.toContain('Author ');
});
