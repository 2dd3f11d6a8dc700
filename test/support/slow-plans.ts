// Random plans with one clock in random hours, and as text: what is adopted and what the second opinion is given say the same.
import { readFileSync } from 'node:fs';
import { ZONES } from '@rejoinder/playbook/slow-hours-for-tests';
import fc from 'fast-check';
import type { SlowPlan } from './slow-clock.ts';

const SHIPPED = readFileSync(new URL('../../server/playbooks/small-shop.md', import.meta.url), 'utf8');
const DAY = 86_400_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SHARES = [0.25, 0.5, 0.8];
const gone = (kind: string): RegExp => new RegExp(`\`\`\`yaml ${kind}\\n[\\s\\S]*?\`\`\``);

type Window = { from: number; to: number };
/** One window, or two with a break of odd minutes; three hours at least. */
const windows = fc.tuple(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 90, max: 350 }), fc.nat(60), fc.boolean());
const asWindows = ([from, long, pause, two]: [number, number, number, boolean]): Window[] => {
  const middle = from + long;
  const to = Math.min(1_440, middle + pause + long);
  return two && pause > 0
    ? [
        { from, to: middle },
        { from: middle + pause, to },
      ]
    : [{ from, to }];
};

/** Before the clocks change in one of the zones, so that most games go through it. */
export const beginning = fc
  .tuple(fc.constantFrom(...ZONES), fc.nat(3 * 1_440))
  .map(([[, change], before]) => Date.parse(change) - before * 60_000);

export const planFrom = (base: number): fc.Arbitrary<SlowPlan> =>
  fc
    .record({
      zone: fc.constantFrom(...ZONES.map(([zone]) => zone)),
      week: fc.array(windows, { minLength: 7, maxLength: 7 }),
      weekend: fc.boolean(),
      closed: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
      other: fc.option(fc.tuple(fc.nat(8), windows)),
      target: fc.integer({ min: 1, max: 50 }),
      higher: fc.integer({ min: 1, max: 20 }),
      shares: fc.subarray(SHARES),
      pauses: fc.subarray(['waiting_for_author', 'stood_down'], { minLength: 1 }),
      from: fc.constantFrom(1, 1, 2),
    })
    .map(({ zone, week, weekend, closed, other, target, higher, shares, pauses, from }) => {
      const targets = { 1: target * 20, 2: higher * 20 };
      const dateOf = (day: number): string => new Date(base + day * DAY).toISOString().slice(0, 10);
      return {
        calendar: {
          zone,
          windows: week
            .slice(0, weekend ? 7 : 5)
            .flatMap((each, i) => asWindows(each).map((window) => ({ day: i + 1, ...window }))),
          holidays: closed.map(dateOf),
          exceptions: other ? [{ on: dateOf(other[0]), windows: asWindows(other[1]) }] : [],
        },
        targets,
        warnings: {
          1: shares.map((share) => Math.round(share * targets[1])),
          2: shares.map((share) => Math.round(share * targets[2])),
        },
        pauses,
        from,
      };
    });

/** The small shop's plan with this clock; nothing that keeps a room from standing down, and nobody who is woken. */
export function textOf(plan: SlowPlan, version: number): string {
  const { calendar, targets, warnings, pauses, from } = plan;
  const shares = (warnings[1] ?? []).map((minutes) => `${Math.round((minutes / (targets[1] ?? 1)) * 100)}%`);
  const block = (info: string, lines: string[]): string => `\n\`\`\`yaml ${info}\n${lines.join('\n')}\n\`\`\`\n`;
  const hours = (of: Window[]): string => `[${of.map(({ from, to }) => `"${time(from)}-${time(to)}"`).join(', ')}]`;
  const open = DAYS.flatMap((day, i) => {
    const of = calendar.windows.filter((window) => window.day === i + 1);
    return of.length === 0 ? [] : [`${day}: ${hours(of)}`];
  });
  const exceptions = calendar.exceptions.map((each) => `{ on: ${each.on}, open: ${hours(each.windows)} }`);
  const game = [
    'game:',
    `  zone: ${calendar.zone}`,
    `  open: { ${open.join(', ')} }`,
    `  holidays: [${calendar.holidays.join(', ')}]`,
    `  exceptions: [${exceptions.join(', ')}]`,
  ];
  return (
    ['stand-down', 'freeze', 'retrospective']
      .reduce((text, kind) => text.replace(gone(kind), ''), SHIPPED)
      .replaceAll(/^(ladder|on_warning|on_breach): .*\n/gm, '')
      .replace(/^ {2}lower_after: .*\n/m, '')
      .replace(/^version: \d+/m, `version: ${version}`)
      .replace('yaml calendars\n', `yaml calendars\n${game.join('\n')}\n`) +
    block('clock game', [
      'name: The game',
      'starts: mention_posted',
      'stops: card_closed',
      `pauses: [${pauses.join(', ')}]`,
      'calendar: game',
      `from_level: ${from}`,
      `target: { 1: ${targets[1]}m, 2: ${targets[2]}m }`,
      `warn_at: [${shares.join(', ')}]`,
    ])
  );
}

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
