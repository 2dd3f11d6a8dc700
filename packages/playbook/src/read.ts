// Reads the written plan: a Markdown document with YAML blocks becomes a Playbook, or every fault with its place.
import type { Fault, Playbook } from '@rejoinder/contracts/playbooks';
import { levelNumbers, readLevels, readRoles } from './blocks/people.ts';
import { readClock, readPrivate, readSignOff } from './blocks/promises.ts';
import { readStage } from './blocks/stage.ts';
import { readTriage } from './blocks/triage.ts';
import { builtInVoice, readVoice } from './blocks/voice.ts';
import { type FencedRule, type PlanDocument, splitDocument } from './document.ts';
import { checkName } from './expect.ts';
import { FaultList } from './faults.ts';
import { readFrontMatter } from './front-matter.ts';
import { plainOf, readYaml } from './located.ts';
import { oneOf, Reading } from './reading.ts';
import { finishSentences } from './sentences.ts';

/** Characters of a whole document, of all its blocks, and blocks. */
export const MAX_DOCUMENT = 262_144;
const MAX_RULES = 98_304;
const MAX_BLOCKS = 200;

const WITH_ID = ['stage', 'sign-off', 'clock', 'ladder'];
const ONCE = ['roles', 'levels', 'triage', 'voice', 'private'];
/** Read and kept, not enforced by this version. */
export const KEPT_KINDS = [
  'contacts',
  'calendars',
  'crisis',
  'ladder',
  'channels',
  'limits',
  'statements',
  'freeze',
  'updates',
  'stand-down',
  'retrospective',
  'break-glass',
  'wall',
  'rehearsal',
  'measures',
];
export const ENFORCED_KINDS = ['roles', 'levels', 'triage', 'stage', 'sign-off', 'clock', 'voice', 'private'];

export type ReadResult = { playbook: Playbook } | { faults: Fault[] };

/** Reads a plan. Any text gives a playbook or at least one fault; never throws; time is bounded by the limits above. */
export function readPlaybook(text: string): ReadResult {
  const reading = new Reading();
  if (text.length > MAX_DOCUMENT) {
    reading.faults.add(
      { line: 1, column: 1 },
      `The document has ${text.length} characters.`,
      `at most ${MAX_DOCUMENT}`,
    );
    return { faults: reading.faults.all() };
  }
  const document = splitDocument(text);
  for (const { line, column, says, wants } of document.troubles) reading.faults.add({ line, column }, says, wants);
  const playbook = emptyPlaybook(document);
  const blocks = document.parts.filter((part) => part.at === 'rule');
  if (isTooMuch(blocks, reading)) return { faults: reading.faults.all() };
  Object.assign(playbook, readFrontMatter(reading, document.frontMatter));
  const levels = blocks.find((block) => block.kind === 'levels');
  // Values are given per level, so the level numbers come first; the faults of that block are told when it is read below.
  if (levels) reading.levels = levelNumbers(readYaml(levels.body, levels.line + 1, new FaultList()));
  checkHeadings(document, reading);
  const seen = new Set<string>();
  for (const block of blocks) readBlock(reading, playbook, block, seen);
  checkWhole(reading, playbook, seen);
  reading.checkReferences();
  if (reading.faults.count() > 0) return { faults: reading.faults.all() };
  finishSentences(playbook);
  playbook.rules = reading.rules(playbook);
  return { playbook };
}

function readBlock(reading: Reading, playbook: Playbook, block: FencedRule, seen: Set<string>): void {
  const at = { line: block.line, column: 1 };
  const kinds = [...ENFORCED_KINDS, ...KEPT_KINDS];
  if (!kinds.includes(block.kind)) {
    reading.faults.add(
      { line: block.line, column: 9 },
      `\`${block.kind.slice(0, 60)}\` is not a kind of block.`,
      oneOf(block.kind, kinds),
    );
    return;
  }
  if (WITH_ID.includes(block.kind) !== (block.id !== null)) {
    const wants = block.id === null ? `\`yaml ${block.kind} ID\`` : `\`yaml ${block.kind}\``;
    reading.faults.add(
      at,
      block.id === null ? `This ${block.kind} has no id.` : `A ${block.kind} block takes no id.`,
      wants,
    );
  } else if (block.id !== null) checkName(reading, block.id, at);
  if (ONCE.includes(block.kind) && seen.has(block.kind))
    reading.faults.add(at, `A second \`${block.kind}\` block.`, 'one of them');
  seen.add(block.kind);
  const node = readYaml(block.body, block.line + 1, reading.faults);
  if (node === null) {
    // The name counts as declared, so that one unreadable block does not make every mention of it a fault.
    if (block.id !== null && (block.kind === 'stage' || block.kind === 'sign-off' || block.kind === 'clock'))
      reading.declare(block.kind, block.id, at);
    return;
  }
  const head = { id: block.id ?? '', heading: block.heading, at };
  if (block.kind === 'roles') Object.assign(playbook, readRoles(reading, node, block.heading));
  else if (block.kind === 'levels') playbook.levels = readLevels(reading, node, block.heading);
  else if (block.kind === 'triage') playbook.triage = readTriage(reading, node, block.heading);
  else if (block.kind === 'stage')
    playbook.stages.push(readStage(reading, node, { id: head.id, title: block.heading, purpose: block.purpose, at }));
  else if (block.kind === 'sign-off') playbook.signOffs.push(readSignOff(reading, node, head));
  else if (block.kind === 'clock') playbook.clocks.push(readClock(reading, node, head));
  else if (block.kind === 'voice') playbook.voice = readVoice(reading, node, block.heading);
  else if (block.kind === 'private') playbook.privatePolicy = readPrivate(reading, node, block.heading);
  else {
    const clause = reading.clause(
      block.heading,
      block.line,
      () => `Written down under \`${block.kind}\`; the board does not enforce it yet.`,
    );
    playbook.kept.push({ kind: block.kind, id: block.id, data: plainOf(node), clause, line: block.line });
  }
}

function isTooMuch(blocks: FencedRule[], reading: Reading): boolean {
  const size = blocks.reduce((sum, block) => sum + block.body.length, 0);
  const over = blocks[MAX_BLOCKS];
  if (over)
    reading.faults.add(
      { line: over.line, column: 1 },
      `The document has ${blocks.length} blocks.`,
      `at most ${MAX_BLOCKS}`,
    );
  if (size > MAX_RULES)
    reading.faults.add({ line: 1, column: 1 }, `The blocks have ${size} characters together.`, `at most ${MAX_RULES}`);
  return reading.faults.count() > 0 && (over !== undefined || size > MAX_RULES);
}

/** Clauses are named after headings, so two headings with rules may not share a name. */
function checkHeadings(document: PlanDocument, reading: Reading): void {
  const owner = new Map<string, number>();
  let line = 0;
  for (const part of document.parts) {
    if (part.at === 'heading') line = part.line;
    if (part.at !== 'rule') continue;
    const first = owner.get(part.heading);
    if (first !== undefined && first !== line) {
      reading.faults.add(
        { line, column: 1 },
        `A second heading \`${part.heading.slice(0, 60)}\` has rules below it.`,
        `another name; line ${first} has this one`,
      );
    }
    owner.set(part.heading, first ?? line);
  }
}

function checkWhole(reading: Reading, playbook: Playbook, seen: Set<string>): void {
  const at = { line: 1, column: 1 };
  for (const kind of ['roles', 'levels', 'triage', 'stage', 'sign-off', 'clock']) {
    if (!seen.has(kind))
      reading.faults.add(at, `The plan has no \`${kind}\` block.`, `a block \` \`\`\`yaml ${kind}\``);
  }
  if (playbook.title === '') reading.faults.add(at, 'The plan has no title.', 'a heading `# …` below the front matter');
  if (seen.has('stage') && !playbook.stages.some((stage) => stage.final)) {
    reading.faults.add(at, 'No stage is the last one.', '`final: true` in one stage, so that cards can be closed');
  }
}

function emptyPlaybook(document: PlanDocument): Playbook {
  const title = document.parts.find((part) => part.at === 'heading' && part.depth === 1);
  return {
    id: '',
    version: 1,
    title: title?.at === 'heading' ? title.text : '',
    owner: '',
    approvedBy: null,
    reviewBy: null,
    mustConfirmReading: [],
    roles: [],
    notOnePerson: [],
    levels: [],
    triage: { classes: [], fields: [] },
    stages: [],
    signOffs: [],
    clocks: [],
    voice: builtInVoice(),
    privatePolicy: null,
    kept: [],
    rules: [],
  };
}
