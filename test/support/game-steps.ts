// What people do in a random game besides moving cards: write, sign, assess, publish, settle, break the glass, govern the room.
import type { CardView } from '@rejoinder/contracts/cards';
import type { SourceMention } from '@rejoinder/contracts/mentions';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { createDraftLog } from '../../server/src/drafts/draft-log.service.ts';
import { fireClocks } from '../../server/src/escalation/clocks.service.ts';
import { Problem } from '../../server/src/http/problems.ts';
import type { Outbox } from './outbox.ts';
import { RANDOM_ROLES } from './random-playbook.ts';
import { mayPress } from './send-oracle.ts';
import type { ToldLog, Version } from './told-log.ts';
import type { Person, World } from './world.ts';

/** What a step knows of the game. `read` holds, by fingerprint, the words somebody read before agreeing to them. */
export type Table = {
  w: World;
  people: readonly Person[];
  keeper: Person;
  outbox: Outbox;
  log: ToldLog;
  /** Folds and judges what was logged since. */
  catchUp: () => Promise<void>;
  post: (mentions: SourceMention[]) => Promise<void>;
  read: Map<string, string>;
  texts: Map<string, Y.Doc>;
  versions: readonly Version[];
};
export type Turn = { card: CardView; person: Person; x: number; yes: boolean };

const on = (t: Table, card: CardView) => ({ roomId: t.w.room.id, cardId: card.id });
const inRoom = (t: Table) => ({ roomId: t.w.room.id });
export const rolesOf = (t: Table, person: Person): string[] => t.log.board.people[person.userId]?.roles ?? [];

const WORDS = ['We are sorry and will send a new one today. ', 'a@example.org ', 'any inconvenience caused ', 'So, '];

/** Types in the card's draft through its log, as the socket does; refused where the stage's text stands still. */
export async function write(t: Table, { card, person, x, yes }: Turn): Promise<void> {
  const params = on(t, card);
  const isAnew = x === 6 && yes;
  if (card.draft === null || isAnew) {
    const started = await person.try('startDraft', { params, body: isAnew ? { anew: true } : {} });
    if (isAnew && 'reply' in started) t.texts.delete(card.id);
    await t.catchUp();
  }
  const draft = t.log.board.cards[card.id]?.draft;
  if (!draft) return;
  const doc = t.texts.get(card.id) ?? new Y.Doc();
  t.texts.set(card.id, doc);
  const trial = new Y.Doc();
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc));
  // The same page of the same person writes on, so that the short way of an append is gone as well.
  trial.clientID = 1 + t.people.indexOf(person) + draft.generation * 10;
  const before = Y.encodeStateVector(trial);
  if (yes || trial.getText('text').length < 5) trial.getText('text').insert(0, WORDS[x % WORDS.length] ?? '');
  else trial.getText('text').delete(0, 3);
  const update = Y.encodeStateAsUpdate(trial, before);
  const key = { roomId: t.w.room.id, draftId: draft.id, generation: draft.generation };
  const authors = [{ userId: person.userId, clientIds: [trial.clientID] }];
  const text = t.log.plan.stages.find((stage) => stage.id === card.stage)?.text;
  const isOpen = text === 'editable' || text === 'edits-void-sign-offs';
  try {
    await createDraftLog(t.w.app.deps).append(key, { update, text: trial.getText('text').toString(), authors });
    expect(isOpen).toBe(true);
    Y.applyUpdate(doc, update);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(isOpen).toBe(false);
  }
  await t.catchUp();
  // Whatever was typed, only signatures over these words stand, and those over what was published, as its record (SG-4).
  const after = t.log.board.cards[card.id];
  const published = await t.w.app.deps.db
    .selectFrom('publish_jobs')
    .select('fingerprint')
    .where('card_id', '=', card.id)
    .where('state', '=', 'published')
    .execute();
  const standing = [after?.fingerprint, ...published.map((each) => each.fingerprint)];
  for (const each of after?.signOffs ?? []) if (each.voidedAt === null) expect(standing).toContain(each.fingerprint);
}

/** Reads the words and agrees to them in one role, or in every role held; they are kept to compare what is sent with what was read. */
export async function sign(t: Table, { card, person, x }: Turn, inAll = false): Promise<void> {
  const params = on(t, card);
  const roles = rolesOf(t, person);
  const text = await person.try('draftText', { params });
  if (!('reply' in text)) return;
  const { fingerprint } = text.reply;
  for (const role of inAll ? roles : [roles[x % Math.max(1, roles.length)] ?? 'ada']) {
    const signed = await person.try('sign', { params, body: { fingerprint, role } });
    if ('reply' in signed) t.read.set(fingerprint, text.reply.text);
  }
}

export async function assess(t: Table, { card, person, x }: Turn): Promise<void> {
  const choices: Record<string, string>[] = [
    { class: 'c1', department: 'd1' },
    { class: 'c2' },
    { class: '' },
    { note: 'n' },
    { private_reason: 'x' },
    { liability: 'yes' },
  ];
  await person.try('assessCard', { params: on(t, card), body: { fields: choices[x % choices.length] ?? {} } });
}

export async function record(t: Table, { card, person, x, yes }: Turn): Promise<void> {
  const params = on(t, card);
  const item = ['Looked up', 'Called', 'Told legal'][x % 3] ?? '';
  const fact = (['department_contacted', 'claims_checked', 'public_pointer'] as const)[x % 3] ?? 'public_pointer';
  await person.try('tickItem', { params, body: { item, done: yes } });
  await person.try('recordFact', { params, body: { fact, note: yes ? 'Ben' : '' } });
  await person.try('seePosts', { params, body: { count: card.posts.count } });
}

export async function promise(t: Table, { card, person, x, yes }: Turn): Promise<void> {
  const params = on(t, card);
  const worth = [0, 50, 51, 500][x % 4];
  const body = { promised: yes ? 'Money' : '', delivered: x > 4, worth, kind: yes ? 'refund' : null };
  await person.try('setRemedy', { params, body });
  await person.try('followUp', { params, body: { state: 'posted', note: 'x' } });
}

/** The level, a person's roles, or another version of the plan, by who may; the plan's own findings keep it out at the front door. */
export async function govern(t: Table, { person, x, yes }: Turn, what: 'level' | 'roles' | 'plan'): Promise<void> {
  const params = inRoom(t);
  if (what === 'level') await t.keeper.try('setLevel', { params, body: { level: 1 + (x % 3), reason: 'Model.' } });
  else if (what === 'roles') {
    const roles = RANDOM_ROLES.filter((_, i) => yes || (x >> i) % 2 === 1);
    await t.keeper.try('members', { params, body: { email: person.email, roles: [...roles, 'ada'] } });
  } else {
    const running = t.log.board.room.playbook.version;
    const others = t.versions.filter(({ version }) => version !== running);
    const to = others[x % others.length];
    if (to === undefined) return;
    const { goes } = await person.call('previewPlaybook', { params, body: { text: to.text } });
    const agreed = goes.map(({ cardId, to }) => ({ cardId, to }));
    const body = { playbookId: 'random', version: to.version, reason: 'Model.' };
    if (yes && goes.length > 0)
      expect(await t.keeper.try('rollBackPlaybook', { params, body })).toMatchObject({ refused: { rule: 'RM-4' } });
    await t.keeper.call('rollBackPlaybook', { params, body: { ...body, agreed } });
  }
}

/** The card's author posts once more, through the same source as the first time. */
export async function postAgain(t: Table, { card }: Turn): Promise<void> {
  const author = { handle: card.author.handle, name: card.author.name, followers: 400 };
  await t.post([t.w.mention('and still nobody answers, I want my refund for the ruined parcel', { author })]);
}

/** Presses Publish. The server's answer is what the second opinion says, except where only the outbox can know. */
export async function press(t: Table, { card, person, x }: Turn): Promise<void> {
  await t.outbox.letGo();
  await t.catchUp();
  const params = on(t, card);
  const text = await person.try('draftText', { params });
  if (!('reply' in text)) return;
  const fingerprint = x === 7 ? 'other words' : text.reply.fingerprint;
  t.outbox.next(x);
  const now = t.log.board.cards[card.id] ?? card;
  const lack = x === 7 ? 'other words' : t.log.mayNotLeave(now, fingerprint, t.w.now());
  const isAble = mayPress(t.log.plan, t.log.board.room.level, now, rolesOf(t, person));
  const answer = await person.try('publish', { params, body: { fingerprint } });
  if ('reply' in answer) expect([lack, isAble], 'what was pressed').toEqual([null, true]);
  else if ('refused' in answer && ['PU-1', 'PU-4', 'PU-5', 'PU-30'].includes(answer.refused.rule))
    expect(lack === null && isAble, JSON.stringify(answer)).toBe(false);
  await t.outbox.rest();
}

export async function settle(t: Table, { card, person, yes }: Turn): Promise<void> {
  const body = { outcome: yes ? ('published' as const) : ('not-published' as const), note: 'I looked.' };
  await person.try('settle', { params: on(t, card), body });
}

/** One asks, and with `yes` another agrees at once; else whoever comes by later may. */
export async function breakGlass(t: Table, { card, person, x, yes }: Turn, to: string): Promise<void> {
  const params = on(t, card);
  const hands = [t.keeper, ...t.people];
  const text = await person.try('draftText', { params });
  const asker = yes ? t.keeper : person;
  const asked = await asker.try('askBreakGlass', { params, body: { to, reason: 'It burns.' } });
  if (!('reply' in asked)) return;
  const { glass } = asked.reply.card;
  if ('reply' in text) t.read.set(text.reply.fingerprint, text.reply.text);
  for (const each of yes ? hands : [hands[x % hands.length] ?? person])
    if (glass) await each.try('agreeBreakGlass', { params, body: { glassId: glass.id } });
}

/** Agrees to what somebody asked for earlier, or reviews what was done. */
export async function answerGlass(t: Table, { card, person, yes }: Turn): Promise<void> {
  const params = on(t, card);
  const glassId = card.glass?.id ?? 'glass_none';
  if (card.glass?.state === 'asked') await person.try('agreeBreakGlass', { params, body: { glassId } });
  else await (yes ? t.keeper : person).try('reviewBreakGlass', { params, body: { glassId, note: 'Seen.' } });
}

/** Time goes on, and what is due by then is done before anything else happens. */
export async function wait(t: Table, minutes: number): Promise<void> {
  t.w.at(new Date(Date.parse(t.w.now()) + minutes * 60_000).toISOString());
  await fireClocks(t.w.app.deps);
  await t.outbox.rest();
}
