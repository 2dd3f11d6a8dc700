// What the plan costs: one decision under forty guards, and every column's word for a thousand lifted cards in a real browser.
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { sampleRoom } from '@rejoinder/board/sample';
import { emptyBoard } from '@rejoinder/board/state';
import { moveFacts } from '@rejoinder/board/views';
import type { CardView } from '@rejoinder/contracts/cards';
import type { BoardState } from '@rejoinder/contracts/rooms';
import { exampleCard } from '@rejoinder/playbook/example-move';
import { mayMove } from '@rejoinder/playbook/may-move';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { fortyGuards } from './support/forty-guards.ts';
import { serveModules } from './support/module-server.ts';

const CARDS = isTiny ? 30 : 1_000;
const ROUNDS = isTiny ? 2 : 41;
const r = report('playbook', `a decision under forty guards; ${CARDS} cards × every column in Chromium`);

const text = readFileSync(new URL('../../server/playbooks/default.md', import.meta.url), 'utf8');
const { playbook, guards } = fortyGuards(text);
const columns = playbook.stages.map((stage) => stage.id);
const NOW = '2026-03-01T10:00:00.000Z';
const actor = { kind: 'person' as const, id: 'usr_lead', name: 'Lea', roles: playbook.roles.map((role) => role.id) };

/** Cards in every column: a third in order, a third unsigned, a third with nothing done. */
function someCard(i: number): CardView {
  const stage = columns[i % columns.length] ?? 'new';
  const spoilt: Partial<CardView>[] = [{}, { signOffs: [] }, { owner: null, fields: {}, draft: null, signOffs: [] }];
  return exampleCard(stage, { id: `card_${i}`, ...spoilt[Math.floor(i / columns.length) % 3] });
}
const cards = Object.fromEntries(Array.from({ length: CARDS }, (_, i) => [`card_${i}`, someCard(i)]));
const room = {
  ...sampleRoom,
  accounts: [{ id: 'acc_1', platform: 'mastodon', name: 'Us', channel: 'rehearsal' as const }],
};
const board: BoardState = { ...emptyBoard(room), cards };

/** Median µs of one decision, over batches long enough for the clock. */
function decisionOf(id: string, to: string): number {
  const facts = moveFacts(board, id, actor, '', NOW);
  if (facts === null) throw new Error(`there is no ${id}`);
  const batches = Array.from({ length: isTiny ? 1 : 11 }, () => {
    const began = performance.now();
    for (let i = 0; i < 200; i++) mayMove(playbook, facts, to);
    return ((performance.now() - began) * 1000) / 200;
  });
  return median(batches);
}
const pairs = Object.keys(cards)
  .slice(0, columns.length * 3)
  .flatMap((id) => columns.map((to) => ({ id, to })));
for (const { id, to } of pairs) decisionOf(id, to);
const decisions = pairs.map(({ id, to }) => ({ id, to, micros: decisionOf(id, to) }));
const slowest = decisions.reduce((a, b) => (b.micros > a.micros ? b : a));

const served = await serveModules({ board, playbook, actor, columns });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const page = await browser.newPage();
await page.goto(served.origin);
/** As the board does on a lift: facts of every card for this state of the board, each column's verdicts, one word for each. */
const previews = await page.evaluate(
  async ({ rounds, now }) => {
    const load = (path: string) => import(path);
    const { moveFacts: factsOf } = await load('/packages/board/src/views.ts');
    const { judge, sum } = await load('/web/src/lib/board/judge.ts');
    const data = await (await fetch('/data.json')).json();
    const ids = Object.keys(data.board.cards);
    const times: number[] = [];
    const kinds: string[] = [];
    for (let i = 0; i < rounds; i++) {
      // Another state of the board each time, so that nothing counted for the last one is used again.
      const state = { ...data.board, cards: { ...data.board.cards } };
      const began = performance.now();
      const facts = ids.map((id) => factsOf(state, id, data.actor, '', now));
      const words = data.columns.map((to: string) => sum(facts.map((each) => judge(data.playbook, each, to))));
      times.push(performance.now() - began);
      kinds.splice(0, kinds.length, ...words.map((word: { kind: string }) => word.kind));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return { times, kinds };
  },
  { rounds: ROUNDS, now: NOW },
);
const version = browser.version();
await browser.close();
served.close();

const [first = Number.NaN, ...warm] = previews.times;
r.say(
  `plan: ${guards} guards at ${columns.length} stages, ${playbook.rules.length} numbered rules; ${pairs.length} pairs of card and column`,
);
r.say(
  `a decision in Node: median ${round(median(decisions.map((d) => d.micros)))} µs, slowest pair ${round(slowest.micros)} µs (${cards[slowest.id]?.stage} → ${slowest.to})`,
);
r.say(
  `${CARDS} cards × ${columns.length} columns in Chromium ${version}: first ${round(first)} ms, then median ${round(median(warm))} ms, p95 ${round(quantile(warm, 0.95))} ms (columns say ${previews.kinds.join(' ')})`,
);
r.atMost('a move decision, slowest pair', slowest.micros, 50, ' µs');
r.atMost(`${CARDS} cards × ${columns.length} columns for a drag preview, median`, median(warm), 16, ' ms');
r.end();
