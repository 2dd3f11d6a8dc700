// A room whose plan asks real members in turn: two contacts, a social lead, a commander; its ladders and clocks are wound by hand.
import type { CardView } from '@rejoinder/contracts/cards';
import type { RoomEvent } from '@rejoinder/contracts/events';
import type { LadderView } from '@rejoinder/contracts/ladders';
import { climbLadders } from '../../server/src/escalation/climbing.service.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { type Journey, planForOneReply, publishingJourney } from './journey.ts';
import type { Receiver } from './receiver.ts';
import type { Person, WorldOptions } from './world.ts';

export type LadderDesk = {
  j: Journey & { post: Receiver; secret: string };
  lou: Person;
  dee: Person;
  cleo: Person;
  /**
   * Sets the clock and lets every clock and ladder do what is due; answers what ladders did by themselves since it was wound last, one
   * short line each. The server's own tick winds too, at any moment.
   */
  wind: (time: string) => Promise<string[]>;
  ladders: (card: CardView) => Promise<LadderView[]>;
  /** The one ladder that runs about the card. */
  ladder: (card: CardView) => Promise<LadderView>;
};

/** Logistics answers at any hour, and is asked too while nobody has said whose matter a card is; nothing but the board reaches them. */
export function planWithContacts(people: { lou: string; dee: string }, text = planForOneReply()): string {
  const of = `{ primary: { name: Lou Head, user: ${people.lou} }, deputy: { name: Dee Put, user: ${people.dee} }, channels: [board] }`;
  return text
    .replace(/^no_department: .*$/m, `no_department:   ${of}`)
    .replace(/^logistics: {7}\{.*$/m, `logistics:       ${of}`);
}

/** The people of a journey come first, so the addresses of those who follow are known beforehand. */
export async function ladderDesk(options: WorldOptions = {}, text = planForOneReply()): Promise<LadderDesk> {
  const plan = planWithContacts({ lou: 'lou.3@test.example', dee: 'dee.4@test.example' }, text);
  const j = await publishingJourney({ playbookText: plan, ...options });
  const [lou, dee, cleo] = [
    await j.w.person('Lou', ['department']),
    await j.w.person('Dee', ['department']),
    await j.w.person('Cleo', ['commander']),
  ];
  const ladders = async (card: CardView): Promise<LadderView[]> => (await j.card(card.id)).ladders ?? [];
  let told = 0;
  return {
    j,
    lou,
    dee,
    cleo,
    ladders,
    async ladder(card) {
      const found = await ladders(card);
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${found.length} ladders run about ${card.id}`);
      return only;
    },
    async wind(time) {
      j.w.at(time);
      await windAll(j);
      const events = await j.w.app.deps.events.read(j.w.room.id, told, 10_000);
      told = events.at(-1)?.seq ?? told;
      return events.flatMap(said);
    },
  };
}

/** Until nothing is due any more: what a clock tells may arm a ladder that is due at once. */
async function windAll(j: Journey): Promise<void> {
  const { deps } = j.w.app;
  for (let done = 1; done > 0; ) {
    await j.w.settled();
    done = (await fireClocks(deps)) + (await climbLadders(deps));
  }
  await j.w.settled();
}

const BY_THEMSELVES = ['started', 'asked', 'skipped', 'exhausted', 'reopened'].map((what) => `ladder.${what}`);

/** What a line of the log says that a ladder did by itself, in a few words. */
export function said(event: RoomEvent): string[] {
  if (!BY_THEMSELVES.includes(event.type) || !('ladder' in event.data)) return [];
  const { ladder } = event.data;
  const what = event.type.slice('ladder.'.length);
  const step =
    'step' in event.data
      ? ladder.steps.find((each) => each.step === ('step' in event.data ? event.data.step : -1))
      : undefined;
  const who = step ? ` ${step.skipped ?? step.asks.map((ask) => ask.name).join(' and ')}` : '';
  return [`${ladder.ladder} ${what}${who}`];
}
