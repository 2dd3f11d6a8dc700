// Reads what we promise: whose signature (`sign-off ID`) and by when (`clock ID`).
import type { Agreement, PlanClock, PrivatePolicy, SignOff } from '@rejoinder/contracts/playbooks';
import { sayDuration } from '../durations.ts';
import { choiceIn, countIn, keysOf, listIn, perLevelIn, secondsIn, wordsIn } from '../expect.ts';
import type { Place } from '../faults.ts';
import { sayList } from '../levels.ts';
import type { Located } from '../located.ts';
import type { Reading } from '../reading.ts';
import { sayAgreement, sayPerLevel } from '../say.ts';

const COVERS = ['text', 'account', 'reply_to'] as const;
const STARTS = ['mention_posted', 'card_opened', 'stage_entered'] as const;
const STOPS = ['public_reply_published', 'follow_up_recorded', 'card_closed'] as const;
const IGNORED = ['internal_note', 'like', 'private_message', 'holding_text', 'draft_edited', 'signed'] as const;
const HALF_DAY = 43_200;

type Head = { id: string; heading: string; at: Place };

export function readSignOff(reading: Reading, node: Located, head: Head): SignOff {
  reading.declare('sign-off', head.id, head.at);
  const keys = keysOf(reading, node, ['agree', 'covers', 'lifetime'], ['agree']);
  const agree = perLevelIn(reading, keys.get('agree'), (each) => readAgreement(reading, each));
  const agreeLine = keys.get('agree')?.at.line ?? head.at.line;
  const clause = reading.clause(
    head.heading,
    agreeLine,
    (playbook) => `To sign: ${sayPerLevel(agree, (each) => sayAgreement(playbook, each))}.`,
  );
  const covered = keys.get('covers');
  const items = covered?.is === 'list' ? covered.items : covered ? [covered] : [];
  const covers = covered === undefined ? [...COVERS] : items.map((item) => choiceIn(reading, item, COVERS, 'text'));
  for (const part of COVERS) {
    if (covers.includes(part)) continue;
    reading.faults.add(
      covered?.at ?? head.at,
      `A signature that leaves out \`${part}\` cannot be checked.`,
      `covers: [${COVERS.join(', ')}]`,
    );
  }
  const lifetime = keys.has('lifetime')
    ? perLevelIn(reading, keys.get('lifetime'), (each) => secondsIn(reading, each, HALF_DAY))
    : Object.fromEntries(reading.levels.map((level) => [level, HALF_DAY]));
  reading.clause(
    head.heading,
    keys.get('lifetime')?.at.line ?? agreeLine,
    () => `A signature holds for ${sayPerLevel(lifetime, sayDuration)}.`,
  );
  return { id: head.id, agree, covers, lifetime, clause };
}

function readAgreement(reading: Reading, node: Located): Agreement {
  const keys = keysOf(reading, node, ['all', 'any', 'quorum', 'of', 'if_liability'], []);
  const roles = (key: string) => {
    const list = listIn(reading, keys.get(key));
    for (const each of list) reading.refer('role', each.text, each.at);
    return [...new Set(list.map((each) => each.text))];
  };
  const ifLiability = roles('if_liability');
  const ways = ['all', 'any', 'quorum'].filter((key) => keys.has(key));
  if (ways.length !== 1)
    reading.faults.add(
      node.at,
      `Here stand ${ways.length} ways to agree.`,
      'one of `all: [..]`, `any: [..]`, or `quorum: 2` with `of: [..]`',
    );
  if (keys.has('of') !== keys.has('quorum'))
    reading.faults.add(node.at, '`quorum` and `of` belong together.', '`{ quorum: 2, of: [comms, legal, expert] }`');
  const named = keys.has('quorum') ? roles('of') : roles(keys.has('any') ? 'any' : 'all');
  if (ways.length === 1 && named.length === 0)
    reading.faults.add(node.at, 'Nobody would have to sign.', 'at least one role');
  if (keys.has('any')) return { need: 'any', quorum: 1, roles: named, ifLiability };
  if (!keys.has('quorum')) return { need: 'all', quorum: Math.max(named.length, 1), roles: named, ifLiability };
  const quorum = countIn(reading, keys.get('quorum'), 1, 20);
  if (quorum > named.length)
    reading.faults.add(
      node.at,
      `${quorum} of ${named.length} roles can never sign.`,
      'a quorum no larger than the list',
    );
  return { need: 'quorum', quorum, roles: named, ifLiability };
}

export function readClock(reading: Reading, node: Located, head: Head): PlanClock {
  reading.declare('clock', head.id, head.at);
  const known = ['name', 'starts', 'stops', 'never_stopped_by', 'calendar', 'target', 'warn_at'];
  const keys = keysOf(reading, node, known, ['starts', 'stops', 'target']);
  const name = wordsIn(reading, keys.get('name'), head.id);
  const starts = choiceIn(reading, keys.get('starts'), STARTS, 'mention_posted');
  const stops = choiceIn(reading, keys.get('stops'), STOPS, 'public_reply_published');
  const ignored = keys.get('never_stopped_by');
  const items = ignored?.is === 'list' ? ignored.items : ignored ? [ignored] : [];
  const neverStoppedBy = items.map((item) => choiceIn(reading, item, IGNORED, 'internal_note'));
  const calendar = wordsIn(reading, keys.get('calendar'), 'always');
  if (calendar !== 'always')
    reading.faults.add(
      keys.get('calendar')?.at ?? head.at,
      `The calendar \`${calendar}\` cannot be enforced yet.`,
      '`always`, day and night',
    );
  const target = perLevelIn(reading, keys.get('target'), (each) => secondsIn(reading, each, 3_600));
  const warnAt = readWarnings(reading, keys.get('warn_at'));
  const clause = reading.clause(head.heading, keys.get('target')?.at.line ?? head.at.line, () => {
    const never =
      neverStoppedBy.length === 0
        ? ''
        : ` Never stopped by ${sayList(neverStoppedBy.map((each) => each.replaceAll('_', ' ')))}.`;
    return `${name}: ${sayPerLevel(target, sayDuration)}, day and night.${never}`;
  });
  return { id: head.id, name, starts, stops, neverStoppedBy, calendar: 'always', target, warnAt, clause };
}

function readWarnings(reading: Reading, node: Located | undefined): number[] {
  if (node === undefined) return [0.5, 0.8];
  const shares = listIn(reading, node).map((each) => {
    const found = /^(\d{1,2})%$/.exec(each.text);
    if (!found)
      reading.faults.add(
        each.at,
        `\`${each.text.slice(0, 40)}\` is not a share of the target.`,
        'a share such as `50%`, from 1% to 99%',
      );
    return found ? Number(found[1]) / 100 : 0.5;
  });
  const isRising = shares.every((share, i) => share > 0 && (i === 0 || share > (shares[i - 1] ?? 0)));
  if (!isRising || shares.length > 4)
    reading.faults.add(node.at, 'The warning points do not rise.', 'at most four rising shares, `[50%, 80%]`');
  return shares;
}

export function readPrivate(reading: Reading, node: Located, heading: string): PrivatePolicy {
  const keys = keysOf(reading, node, ['policy'], ['policy']);
  const policy = choiceIn(
    reading,
    keys.get('policy'),
    ['personal_data_only', 'prefer_private', 'either'] as const,
    'personal_data_only',
  );
  const says = {
    personal_data_only: 'We go private for personal data only.',
    prefer_private: 'We settle in private where we can, and always come back in public.',
    either: 'We answer in public or in private, as the person likes, and always come back in public.',
  };
  reading.clause(heading, node.at.line, () => says[policy]);
  return policy;
}
