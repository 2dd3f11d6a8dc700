// A server killed at 02:55, in the middle of a ladder, and two servers on one ladder: no step is lost, put off or taken twice.
import type { CardView } from '@rejoinder/contracts/cards';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../coedit/typist.ts';
import { COMPLAINT } from '../support/journey.ts';
import { type LadderDesk, ladderDesk } from '../support/ladder-desk.ts';
import { type Rig, rigOf } from './rig.ts';

const MINUTE = 60_000;

describe('a server killed while a ladder climbs', () => {
  let d: LadderDesk;
  let rig: Rig;
  let card: CardView;
  /** An instant of the night in which 03:00 is the moment at which the killed server is started again. */
  let night: (time: string) => string;
  beforeAll(async () => {
    d = await ladderDesk();
    const three = Date.now();
    night = (time) => {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      return new Date(three + (hours * 60 + minutes - 180) * MINUTE).toISOString();
    };
    d.j.w.at(night('02:10'));
    card = await d.j.w.cardFrom(COMPLAINT);
    expect(await d.wind(night('02:40'))).toHaveLength(3);
    expect(await d.wind(night('02:50'))).toEqual(['late asked Dee']);
    expect(await d.wind(night('02:55'))).toEqual([]);
    rig = await rigOf(d.j);
  }, 60_000);
  afterAll(async () => {
    await rig.end();
    await d.j[Symbol.asyncDispose]();
  });

  const asked = async (): Promise<string[]> => {
    const rows = await rig.db
      .selectFrom('ladder_asks')
      .select(['name', 'round'])
      .orderBy('at')
      .orderBy('ask_id')
      .execute();
    return rows.map(({ name, round }) => `${name} ${round}`);
  };
  const run = () =>
    rig.db
      .selectFrom('ladder_runs')
      .selectAll()
      .where('card_id', '=', card.id)
      .where('state', '=', 'asking')
      .executeTakeFirstOrThrow();
  /** Time passes for the ladder alone, as if that long had gone by. */
  const pass = async (): Promise<void> => {
    const next_at = new Date().toISOString();
    await rig.db
      .updateTable('ladder_runs')
      .set({ next_at })
      .where('card_id', '=', card.id)
      .where('state', '=', 'asking')
      .execute();
  };

  it('[LD-16] killed at 02:55 and started again at 03:00 asks the third at once, and the fourth at 03:10 as the plan says', async () => {
    expect(await asked()).toEqual(['Lou 1', 'Dee 1']);
    await rig.server.start();
    await until(async () => (await asked()).length === 3, 'the third was asked', 15_000);
    expect(await asked()).toEqual(['Lou 1', 'Dee 1', 'Sam 1']);
    expect(await run()).toMatchObject({ step: 4, next_at: night('03:10') });
    await rig.server.kill();
    await rig.server.start();
    const other = await rig.another();
    await other.start();
    await pass();
    await until(async () => (await asked()).length === 4, 'the fourth was asked', 15_000);
    // Both servers have ticked on meanwhile.
    await until(async () => (await run()).step === 5, 'the last step was taken', 15_000);
    expect(await asked()).toEqual(['Lou 1', 'Dee 1', 'Sam 1', 'Cleo 1']);
    const lines = await rig.db
      .selectFrom('events')
      .select('type')
      .where('subject', '=', card.id)
      .orderBy('seq')
      .execute();
    const told = lines.map(({ type }) => type).filter((type) => type.startsWith('ladder.'));
    expect(told).toEqual([
      'ladder.started',
      'ladder.skipped',
      'ladder.asked',
      'ladder.asked',
      'ladder.asked',
      'ladder.asked',
    ]);
  }, 60_000);
});
