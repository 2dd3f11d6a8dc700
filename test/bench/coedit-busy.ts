// A busy house: 30 people in 5 drafts, against a relay in memory; what it costs, what a draft holds, and what hostile messages do to the loop.
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { freePort } from '../../server/src/db/postmaster.ts';
import { type Child, startChild } from './support/child.ts';
import { craftedUpdates } from './support/crafted-updates.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';
import { type LightTypist, lightTypist } from './support/light-typist.ts';
import { openDrafts } from './support/open-drafts.ts';
import { PROBED, probe } from './support/probing.ts';
import { typeFor } from './support/typing.ts';

const DRAFTS = isTiny ? 2 : 5;
const TYPISTS = isTiny ? 2 : 6;
/** Opened by one person each, to see what a draft holds. */
const MORE_DRAFTS = isTiny ? 2 : 30;
const EDITS_PER_SECOND = 2;
const ROUND_MS = isTiny ? 800 : 6_000;
const ROUNDS = isTiny ? 1 : 4;
const RELAY = fileURLToPath(new URL('support/bare-relay.ts', import.meta.url));
const r = report('coedit-busy', `${DRAFTS * TYPISTS} typists on ${DRAFTS} drafts, against a relay in memory`);

await using g = await ground({ people: DRAFTS * TYPISTS, roles: ['social_lead'] });
const server = await g.serve(PROBED);
const plain = await g.plain();
await plain.query('create table updates (draft int, n bigint generated always as identity, bytes bytea)');
await plain.end();
const [relayPort, committingPort] = [String(await freePort()), String(await freePort())];
const relay = await startChild(RELAY, { env: { RELAY_PORT: relayPort }, ready: 'ready', flags: PROBED });
/** The least that loses nothing: the same relay, which commits each update before it passes it on. */
const committing = await startChild(RELAY, {
  env: { RELAY_PORT: committingPort, RELAY_COMMITS: g.plainUrl },
  ready: 'ready',
  flags: PROBED,
});
const names = await openDrafts(g, server.origin, DRAFTS + MORE_DRAFTS + 1);
const busy = names.slice(0, DRAFTS);
const urlOf = (name: string): string => `${server.origin.replace('http', 'ws')}/yjs/${g.roomId}/${name}`;
const headersOf = (nth: number): Record<string, string> => ({
  cookie: g.people[nth % g.people.length]?.cookie ?? '',
  origin: server.origin,
});

type Draft = { typists: LightTypist[] };
async function seat(open: (name: string, nth: number) => Promise<LightTypist>): Promise<Draft[]> {
  return Promise.all(
    busy.map(async (name, d) => ({
      typists: await Promise.all(Array.from({ length: TYPISTS }, (_, t) => open(name, d * TYPISTS + t))),
    })),
  );
}
const ours = await seat((name, nth) => lightTypist(urlOf(name), headersOf(nth)));
const bare = await seat((name) => lightTypist(`ws://127.0.0.1:${relayPort}/${name}`, {}));
const floor = await seat((name) => lightTypist(`ws://127.0.0.1:${committingPort}/${name}`, {}));
const all = (drafts: Draft[]): LightTypist[] => drafts.flatMap(({ typists }) => typists);
const edits = (drafts: Draft[]): number => all(drafts).reduce((sum, typist) => sum + typist.sentAt.size, 0);

type Load = { seen: number[]; cpu: number; stall: number };
async function load(drafts: Draft[], child: Child, ms: number): Promise<Load> {
  await probe(child);
  const seen = await typeFor(drafts, ms, EDITS_PER_SECOND);
  const { cpuMs, stallMs } = await probe(child);
  return { seen, cpu: (cpuMs / edits(drafts)) * 1000, stall: stallMs };
}
const rounds: { ours: Load; bare: Load; floor: Load; saved: number[] }[] = [];
for (let i = 0; i <= ROUNDS; i++) {
  const ms = i === 0 ? ROUND_MS / 3 : ROUND_MS;
  const savedFrom = all(ours).map((typist) => typist.saved.length);
  const mine = await load(ours, server, ms);
  const saved = all(ours).flatMap((typist, k) => typist.saved.slice(savedFrom[k]));
  const theirs = await load(bare, relay, ms);
  const least = await load(floor, committing, ms);
  // The first round only warms up.
  if (i > 0) rounds.push({ ours: mine, bare: theirs, floor: least, saved });
}

/** What a draft holds that somebody has open, with a reply of usual length in it: what is free again when they have left. */
const readers: LightTypist[] = [];
for (const [nth, name] of names.slice(DRAFTS, DRAFTS + MORE_DRAFTS).entries()) {
  const reader = await lightTypist(urlOf(name), headersOf(nth));
  for (let i = 0; i < 300; i++) reader.type('a');
  readers.push(reader);
}
while (readers.some((reader) => reader.saved.length < 300)) await new Promise((next) => setTimeout(next, 20));
const settled = async (): Promise<number> => {
  // An empty draft is let go after 5 s.
  await new Promise((next) => setTimeout(next, isTiny ? 100 : 7_000));
  await probe(server, 'probe memory');
  return (await probe(server, 'probe memory')).bytes;
};
const open = await settled();
for (const reader of readers) reader.close();
const held = (open - (await settled())) / MORE_DRAFTS / 1024;

/** One hostile socket at a time. The loop cannot have stood still longer than the processor worked for it. */
const hostile: { name: string; ms: number }[] = [];
for (const { name, frames } of craftedUpdates()) {
  const ws = new WebSocket(urlOf(names.at(-1) ?? ''), { headers: headersOf(0), perMessageDeflate: false });
  ws.on('error', () => undefined);
  await new Promise((opened) => ws.once('open', opened));
  await new Promise((next) => setTimeout(next, 100));
  await probe(server);
  for (const frame of frames) if (ws.readyState === WebSocket.OPEN) ws.send(frame);
  await new Promise((next) => setTimeout(next, 400));
  const { stallMs, cpuMs } = await probe(server);
  hostile.push({ name, ms: Math.min(stallMs, cpuMs) });
  ws.terminate();
}
for (const typist of [...all(ours), ...all(bare), ...all(floor)]) typist.close();
await relay.kill();
await committing.kill();

const pooled = (of: (each: (typeof rounds)[number]) => number[]): number[] => rounds.flatMap(of);
const figures = (ms: number[]): string =>
  `p50 ${round(median(ms))} ms, p95 ${round(quantile(ms, 0.95))} ms, p99 ${round(quantile(ms, 0.99))} ms`;
const saved = pooled((each) => each.saved);
r.say(`edit to peer, committed first: ${figures(pooled((each) => each.ours.seen))}`);
r.say(`edit to peer, relay:           ${figures(pooled((each) => each.bare.seen))}`);
r.say(`edit to peer, relay that commits: ${figures(pooled((each) => each.floor.seen))}`);
r.say(`edit to "saved":               ${figures(saved)}`);
const [cpu, cpuBare] = [median(rounds.map((each) => each.ours.cpu)), median(rounds.map((each) => each.bare.cpu))];
r.say(`CPU of the server for 1,000 updates: ${round(cpu)} ms; of the relay ${round(cpuBare)} ms`);
r.say(`an open draft of 300 characters with one reader: ${round(held)} KiB`);
r.say(`longest the loop stood still under load: ${round(Math.max(...rounds.map((each) => each.ours.stall)))} ms`);
for (const { name, ms } of hostile) r.say(`  ${round(ms)} ms: ${name}`);
const p95Ratio = (one: 'ours' | 'floor', other: 'bare' | 'floor'): number =>
  median(rounds.map((each) => quantile(each[one].seen, 0.95) / quantile(each[other].seen, 0.95)));
r.say(`p95 of the relay that commits against the one that does not: ${round(p95Ratio('floor', 'bare'))}×`);
r.say(`p95 of ours against the relay that commits: ${round(p95Ratio('ours', 'floor'))}×`);
r.atMost('edit to peer, p95 against a relay in memory', p95Ratio('ours', 'bare'), 2, '×');
r.atMost('edit to saved, p95', quantile(saved, 0.95), 150, ' ms');
r.atMost('longest stall by a crafted message', Math.max(...hostile.map(({ ms }) => ms)), 50, ' ms');
r.end();
