// Reads the written plan: a Markdown document with YAML blocks becomes a Playbook, or every fault with its place.
import type { Fault, Playbook } from '@rejoinder/contracts/playbooks';
import { BLOCKS } from './blocks/all.ts';
import { levelNumbers } from './blocks/levels.ts';
import { builtInVoice } from './blocks/voice.ts';
import { type FencedRule, type PlanDocument, splitDocument } from './document.ts';
import { checkName } from './expect.ts';
import { FaultList } from './faults.ts';
import { readFrontMatter } from './front-matter.ts';
import { readYaml } from './located.ts';
import { oneOf, Reading, type RefKind } from './reading.ts';
import { finishSentences } from './sentences.ts';
import { strategyFields } from './strategy-fields.ts';

/** Characters of a whole document, of all its blocks, and blocks. */
export const MAX_DOCUMENT = 262_144;
const MAX_RULES = 98_304;
const MAX_BLOCKS = 200;

export const KINDS = BLOCKS.map((block) => block.kind);

export type ReadResult = { playbook: Playbook } | { faults: Fault[] };

/** Reads a plan. Any text gives a playbook or at least one fault; never throws; time is bounded by the limits above. */
export function readPlaybook(text: string): ReadResult {
  const { reading, playbook } = readDocument(text);
  if (reading.faults.count() > 0) return { faults: reading.faults.all() };
  finishSentences(playbook);
  playbook.rules = reading.rules(playbook);
  return { playbook };
}

function readDocument(text: string): { reading: Reading; playbook: Playbook } {
  const reading = new Reading();
  if (text.length > MAX_DOCUMENT) {
    const says = `The document has ${text.length} characters.`;
    reading.faults.add({ line: 1, column: 1 }, says, `at most ${MAX_DOCUMENT}`);
    return { reading, playbook: emptyPlaybook({ frontMatter: null, parts: [], troubles: [] }) };
  }
  const document = splitDocument(text);
  for (const { line, column, says, wants } of document.troubles) reading.faults.add({ line, column }, says, wants);
  const playbook = emptyPlaybook(document);
  const blocks = document.parts.filter((part) => part.at === 'rule');
  if (isTooMuch(blocks, reading)) return { reading, playbook };
  Object.assign(playbook, readFrontMatter(reading, document.frontMatter));
  const levels = blocks.find((block) => block.kind === 'levels');
  // Values are given per level, so the level numbers come first; the faults of that block are told when it is read below.
  if (levels) reading.levels = levelNumbers(readYaml(levels.body, levels.line + 1, new FaultList()));
  checkHeadings(document, reading);
  const seen = new Set<string>();
  for (const block of blocks) readBlock(reading, playbook, block, seen);
  for (const field of strategyFields(playbook)) {
    reading.declare('field', field.id, { line: 1, column: 1 });
    playbook.triage.fields.push(field);
  }
  checkWhole(reading, playbook, seen);
  reading.checkReferences();
  return { reading, playbook };
}

function readBlock(reading: Reading, playbook: Playbook, part: FencedRule, seen: Set<string>): void {
  const at = { line: part.line, column: 1 };
  const block = BLOCKS.find((each) => each.kind === part.kind);
  if (block === undefined) {
    const says = `\`${part.kind.slice(0, 60)}\` is not a kind of block.`;
    reading.faults.add({ line: part.line, column: 9 }, says, oneOf(part.kind, KINDS));
    return;
  }
  const { kind, idOf } = block;
  if (idOf !== null && part.id === null) reading.faults.add(at, `This ${kind} has no id.`, `\`yaml ${kind} ID\``);
  else if (idOf === null && part.id !== null)
    reading.faults.add(at, `A ${kind} block takes no id.`, `\`yaml ${kind}\``);
  else if (part.id !== null) checkName(reading, part.id, at);
  if (idOf === null && seen.has(kind)) reading.faults.add(at, `A second \`${kind}\` block.`, 'one of them');
  seen.add(kind);
  const node = readYaml(part.body, part.line + 1, reading.faults);
  // The name counts as declared even when the block cannot be read, so that not every mention of it is a fault.
  if (idOf !== null && (node !== null || part.id !== null)) reading.declare(idOf, part.id ?? '', at);
  if (node === null) return;
  reading.heading = part.heading;
  block.into(playbook, reading, node, { id: part.id ?? '', title: part.heading, purpose: part.purpose, at });
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
  for (const { kind, required } of BLOCKS) {
    if (required && !seen.has(kind))
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
    currency: 'EUR',
    roles: [],
    notOnePerson: [],
    contacts: [],
    calendars: [],
    levels: [],
    crisis: [],
    triage: { classes: [], fields: [], required: [] },
    stages: [],
    signOffs: [],
    clocks: [],
    ladders: [],
    voice: builtInVoice(),
    channels: [],
    privatePolicy: null,
    private: null,
    statements: [],
    freeze: null,
    updates: [],
    standDown: null,
    retrospective: null,
    breakGlass: null,
    wall: null,
    rehearsal: null,
    measures: [],
    rules: [],
  };
}

/** The names a document declares, by kind, however faulty the rest of it is: what an editor offers where a name is asked for. */
export function namesIn(text: string): Record<RefKind, string[]> {
  const { declared } = readDocument(text).reading;
  const entries = Object.entries(declared).map(([kind, names]) => [kind, [...names]]);
  return Object.fromEntries(entries) as Record<RefKind, string[]>;
}
