// The command line behind `npm run rejoinder -- COMMAND`.
import { readFileSync } from 'node:fs';
import type { Playbook } from '@rejoinder/contracts/playbooks';
import { diffPlaybooks } from '@rejoinder/playbook/diff';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { printPlan } from '@rejoinder/playbook/print';
import { readPlaybook } from '@rejoinder/playbook/read';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { startDatabase } from './db/embedded.ts';
import { hold } from './db/installation.ts';
import { migrate } from './db/migrate.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const USAGE = `Usage: npm run rejoinder -- COMMAND

  migrate              bring the database to the newest schema (DATABASE_URL, or the embedded one in DATA_DIR)
  after-restore        hold publishing and sources of a restored database until an administrator says go
  lint-playbook FILE   read a playbook and list its faults and findings; exits 1 when there is any that blocks
  render-playbook FILE print a playbook as people read it, every rule as a sentence; exits 1 when it has faults
  diff-playbook A B    list the rules that differ between two playbooks; exits 1 when one of them has faults`;

/** Answers the exit code. */
export async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'migrate' && rest.length === 0) return migrateNow();
  if (command === 'after-restore' && rest.length === 0) return holdNow();
  const [first = '', second = ''] = rest;
  if (command === 'lint-playbook' && rest.length === 1) return lintFile(first);
  if (command === 'render-playbook' && rest.length === 1) return renderFile(first);
  if (command === 'diff-playbook' && rest.length === 2) return diffFiles(first, second);
  say(USAGE);
  return 2;
}

async function migrateNow(): Promise<number> {
  const config = readConfig(process.env);
  const database = config.databaseUrl ? null : await startDatabase({ dataDir: config.dataDir, log: say });
  try {
    const { applied } = await migrate(config.databaseUrl ?? database?.url ?? '');
    say(applied.length > 0 ? `Applied: ${applied.join(', ')}.` : 'The database is at the newest schema.');
    return 0;
  } finally {
    await database?.stop();
  }
}

/** Before the first start on a restored copy; the next start asks about what looks queued. */
async function holdNow(): Promise<number> {
  const config = readConfig(process.env);
  const database = config.databaseUrl ? null : await startDatabase({ dataDir: config.dataDir, log: say });
  const url = config.databaseUrl ?? database?.url ?? '';
  try {
    await migrate(url);
    const { db } = openDatabase(url, 1);
    await hold(db, 'This database was restored from a backup.', new Date().toISOString());
    await db.destroy();
    say('On hold: nothing is sent and no source is read until an administrator says go on the Rooms page.');
    return 0;
  } finally {
    await database?.stop();
  }
}

/** Prints `FILE:LINE:COLUMN what is wrong — what would be right`, all at once. */
export function lintFile(file: string): number {
  const read = readFile(file);
  if (typeof read === 'number') return read;
  const findings = lintPlaybook(read.playbook, { today: new Date().toISOString().slice(0, 10) });
  for (const finding of findings) {
    const { line, rule, clause, says, why, wants } = finding;
    say(`${file}:${line} [${rule}] ${clause}: ${says} ${why} Repair: ${wants}`);
  }
  const blocking = findings.filter((finding) => finding.strength === 'block').length;
  say(
    blocking > 0
      ? `${blocking} finding(s) must be repaired before a room can run it.`
      : `${file} reads well: ${read.playbook.stages.length} stages, ${read.playbook.rules.length} rules, ${findings.length} note(s).`,
  );
  return blocking > 0 ? 1 : 0;
}

/** Prints the plan as people read it. */
function renderFile(file: string): number {
  const read = readFile(file);
  if (typeof read === 'number') return read;
  process.stdout.write(printPlan(read.text, read.playbook));
  return 0;
}

/** Prints what changed, one rule a line: `+` added, `-` removed, `~` changed with the sentence before it. */
function diffFiles(first: string, second: string): number {
  const [before, after] = [readFile(first), readFile(second)];
  if (typeof before === 'number' || typeof after === 'number') return Math.max(Number(before) || 0, Number(after) || 0);
  const { rules, stages, from, to } = diffPlaybooks(before.playbook, after.playbook);
  say(`${from.id} version ${from.version} to ${to.id} version ${to.version}`);
  for (const stage of stages.added) say(`+ stage ${stage.id}, ${stage.title}`);
  for (const stage of stages.removed) say(`- stage ${stage.id}, ${stage.title}`);
  for (const stage of stages.renamed) say(`~ stage ${stage.id}, ${stage.title}, was ${stage.was}`);
  for (const rule of rules) {
    if (rule.is === 'changed')
      say(`~ ${rule.clause}: ${rule.sentence}\n  was ${rule.was.clause}: ${rule.was.sentence}`);
    else say(`${rule.is === 'added' ? '+' : '-'} ${rule.clause}: ${rule.sentence}`);
  }
  say(rules.length === 0 ? 'They say the same.' : `${rules.length} rule(s) differ.`);
  return 0;
}

/** The plan in a file, or the exit code after saying what is wrong with it. */
function readFile(file: string): { text: string; playbook: Playbook } | number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    say(`${file} cannot be read: ${(error as Error).message}`);
    return 2;
  }
  const read = readPlaybook(text);
  if ('playbook' in read) return { text, playbook: read.playbook };
  for (const fault of read.faults) say(`${file}:${fault.line}:${fault.column} ${fault.says} ${fault.wants}`);
  say(`${read.faults.length} fault(s). The playbook cannot be used.`);
  return 1;
}

if (import.meta.main) {
  run(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: Error) => {
      say(error.message);
      process.exit(1);
    },
  );
}
