// The command line behind `npm run rejoinder -- COMMAND`.
import { readFileSync } from 'node:fs';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { readPlaybook } from '@rejoinder/playbook/read';
import { readConfig } from './config.ts';
import { startDatabase } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const USAGE = `Usage: npm run rejoinder -- COMMAND

  migrate              bring the database to the newest schema (DATABASE_URL, or the embedded one in DATA_DIR)
  lint-playbook FILE   read a playbook and list its faults and findings; exits 1 when there is any that blocks`;

/** Answers the exit code. */
export async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'migrate' && rest.length === 0) return migrateNow();
  if (command === 'lint-playbook' && rest.length === 1) return lintFile(rest[0] ?? '');
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

/** Prints `FILE:LINE:COLUMN what is wrong — what would be right`, all at once. */
export function lintFile(file: string): number {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    say(`${file} cannot be read: ${(error as Error).message}`);
    return 2;
  }
  const read = readPlaybook(text);
  if (!('playbook' in read)) {
    for (const fault of read.faults) say(`${file}:${fault.line}:${fault.column} ${fault.says} ${fault.wants}`);
    say(`${read.faults.length} fault(s). The playbook cannot be used.`);
    return 1;
  }
  const findings = lintPlaybook(read.playbook);
  for (const finding of findings) say(`${file} [${finding.rule}] ${finding.clause}: ${finding.says} ${finding.wants}`);
  const blocking = findings.filter((finding) => finding.strength === 'block').length;
  say(
    blocking > 0
      ? `${blocking} finding(s) must be repaired before a room can run it.`
      : `${file} reads well: ${read.playbook.stages.length} stages, ${read.playbook.rules.length} rules, ${findings.length} note(s).`,
  );
  return blocking > 0 ? 1 : 0;
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
