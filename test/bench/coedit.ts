// How soon peers see an edit when every edit they see is committed, against a relay in memory; and what a kill takes from them.
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import * as Y from 'yjs';
import { freePort } from '../../server/src/db/postmaster.ts';
import { type Child, startChild } from './support/child.ts';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { ground } from './support/ground.ts';
import { type LightTypist, lightTypist } from './support/light-typist.ts';
import { openDrafts } from './support/open-drafts.ts';
import { typeFor } from './support/typing.ts';

const DRAFTS = isTiny ? 2 : 20;
const TYPISTS = 5;
/** Edits a second of one person: brisk typing in bursts, thinking in between. */
const EDITS_PER_SECOND = 2;
const ROUND_MS = isTiny ? 1_000 : 6_000;
const ROUNDS = isTiny ? 1 : 3;
const RELAY = fileURLToPath(new URL('support/bare-relay.ts', import.meta.url));
const r = report('coedit', `${DRAFTS} drafts, ${TYPISTS} typists each: edit to peer, against a relay in memory`);

await using g = await ground({ people: TYPISTS, roles: ['social_lead'] });
let server = await g.serve();
const relayPort = String(await freePort());
const startRelay = (): Promise<Child> => startChild(RELAY, { env: { RELAY_PORT: relayPort }, ready: 'ready' });
let relay = await startRelay();

type Draft = { path: string; typists: LightTypist[] };
const names = await openDrafts(g, server.origin, DRAFTS);

async function open(url: (name: string) => string, cookies: boolean): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const name of names) {
    const path = url(name);
    const typists = await Promise.all(
      g.people.map(({ cookie }) => lightTypist(path, cookies ? { cookie, origin: server.origin } : {})),
    );
    drafts.push({ path, typists });
  }
  return drafts;
}
const openOurs = (): Promise<Draft[]> =>
  open((name) => `${server.origin.replace('http', 'ws')}/yjs/${g.roomId}/${name}`, true);
const openRelay = (): Promise<Draft[]> => open((name) => `ws://127.0.0.1:${relayPort}/${name}`, false);

const ours = await openOurs();
const bare = await openRelay();
const commits = new pg.Pool({ connectionString: g.plainUrl, max: 12 });
await commits.query('create table updates (draft int, n bigint generated always as identity, bytes bytea)');
/** What a bare commit of one small row costs at the same rate: no edit that is committed first can be seen sooner. */
async function commitFor(ms: number): Promise<number[]> {
  const samples: number[] = [];
  const every = 1000 / (TYPISTS * EDITS_PER_SECOND);
  const end = performance.now() + ms;
  await Promise.all(
    names.map(async (_, draft) => {
      await new Promise((resolve) => setTimeout(resolve, (every * draft) / names.length));
      while (performance.now() < end) {
        const started = performance.now();
        await commits.query({
          name: 'append',
          text: 'insert into updates (draft, bytes) values ($1, $2)',
          values: [draft, Buffer.alloc(20)],
        });
        samples.push(performance.now() - started);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, every - (performance.now() - started))));
      }
    }),
  );
  return samples;
}
const rounds: { ours: number[]; bare: number[]; saved: number[]; commit: number[] }[] = [];
for (let i = 0; i <= ROUNDS; i++) {
  const ms = i === 0 ? ROUND_MS / 3 : ROUND_MS;
  const savedFrom = ours.flatMap(({ typists }) => typists).map((typist) => typist.saved.length);
  const oursSeen = await typeFor(ours, ms, EDITS_PER_SECOND);
  const saved = ours.flatMap(({ typists }) => typists).flatMap((typist, k) => typist.saved.slice(savedFrom[k]));
  const bareSeen = await typeFor(bare, ms, EDITS_PER_SECOND);
  const commit = await commitFor(ms / 3);
  // The first round only warms up.
  if (i > 0) rounds.push({ ours: oursSeen, bare: bareSeen, saved, commit });
}
await commits.end();

/** Kills the server in the middle of typing. Answers how many edits peers had seen, and how many of those a fresh reader misses. */
async function killWhileTyping(
  drafts: Draft[],
  kill: () => Promise<void>,
  reader: (draft: Draft) => Promise<LightTypist>,
) {
  const shown = drafts.map(() => new Map<number, number>());
  const typing = typeFor(drafts, isTiny ? 600 : 2_500, EDITS_PER_SECOND);
  for (const [k, { typists }] of drafts.entries())
    for (const typist of typists)
      typist.onSeen = (client, clock) => shown[k]?.set(client, Math.max(clock, shown[k]?.get(client) ?? 0));
  await new Promise((resolve) => setTimeout(resolve, isTiny ? 400 : 1_800));
  await kill();
  await typing;
  let edits = 0;
  let lost = 0;
  for (const [k, draft] of drafts.entries()) {
    const fresh = await reader(draft);
    for (const [client, clock] of shown[k] ?? []) {
      edits += clock;
      lost += Math.max(0, clock - Y.getState(fresh.doc.store, client));
    }
    fresh.close();
    for (const typist of draft.typists) typist.close();
  }
  return { edits, lost };
}

const cookie = g.people[0]?.cookie ?? '';
const afterOurs = await killWhileTyping(
  ours,
  async () => {
    await server.kill('SIGKILL');
    server = await g.serve();
  },
  ({ path }) => lightTypist(path, { cookie, origin: server.origin }),
);
const afterBare = await killWhileTyping(
  bare,
  async () => {
    await relay.kill('SIGKILL');
    relay = await startRelay();
  },
  ({ path }) => lightTypist(path, {}),
);
await relay.kill();

const ratio = median(rounds.map((each) => median(each.ours) / median(each.bare)));
const p99Ratio = median(rounds.map((each) => quantile(each.ours, 0.99) / quantile(each.bare, 0.99)));
const oursAll = rounds.flatMap((each) => each.ours);
const bareAll = rounds.flatMap((each) => each.bare);
const savedAll = rounds.flatMap((each) => each.saved);
r.say(`${DRAFTS * TYPISTS * EDITS_PER_SECOND} edits/s offered; ${oursAll.length} and ${bareAll.length} sightings`);
r.say(
  `edit to peer, committed first: p50 ${round(median(oursAll))} ms, p99 ${round(quantile(oursAll, 0.99))} ms; relay: p50 ${round(median(bareAll))} ms, p99 ${round(quantile(bareAll, 0.99))} ms (ratio of p99 ${round(p99Ratio)})`,
);
r.say(`edit to "saved": p50 ${round(median(savedAll))} ms, p95 ${round(quantile(savedAll, 0.95))} ms`);
r.say(
  `killed with -9 while typing: ours lost ${afterOurs.lost} of ${afterOurs.edits} edits others had seen, the relay ${afterBare.lost} of ${afterBare.edits}`,
);
const commit = median(rounds.map((each) => median(each.commit)));
const overCommit = median(rounds.map((each) => median(each.ours) / (median(each.bare) + median(each.commit))));
r.say(
  `a bare commit of one small row at the same rate: p50 ${round(commit)} ms; edit to peer against relay and bare commit together ${round(overCommit)}×`,
);
r.atMost('edit to peer, p50 against a relay in memory', ratio, 3, '×');
r.atMost('edit to saved, p95', quantile(savedAll, 0.95), 150, ' ms');
r.holds(
  `kill -9: nothing that a peer saw is lost (${afterOurs.lost} of ${afterOurs.edits}; the relay lost ${afterBare.lost} of ${afterBare.edits})`,
  afterOurs.lost === 0 && afterOurs.edits > 0,
);
r.end();
