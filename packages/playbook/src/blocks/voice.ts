// Reads how we speak: the block `voice`.
import { readPhrase } from '@rejoinder/contracts/phrase-language';
import type { BannedPhrase, PersonalDataKind, RequiredElement, Voice } from '@rejoinder/contracts/voice-rules';
import { choiceIn, countIn, flagIn, keysOf, listIn, strengthIn, wordsIn } from '../expect.ts';
import type { Place } from '../faults.ts';
import { sayList } from '../levels.ts';
import type { Located } from '../located.ts';
import type { Reading } from '../reading.ts';
import { sayPattern } from '../say.ts';

const KINDS: readonly PersonalDataKind[] = ['email', 'phone', 'payment_card', 'iban', 'account_number'];
const WHY = ['why', 'repair', 'strength'];
const MOST_RULES = 400;

/** What holds where a plan says nothing: personal data, leftovers and length still block. */
export function builtInVoice(): Voice {
  const clause = 'Built in';
  return {
    banned: [],
    required: [],
    personalData: {
      kinds: [...KINDS],
      masks: [],
      allow: [],
      clause,
      strength: 'block',
      why: 'Personal data does not belong in public.',
      repair: 'Take it out.',
    },
    leftovers: {
      words: [],
      clause,
      strength: 'block',
      why: 'This was meant for us.',
      repair: 'Take it out or fill it in.',
    },
    liability: { words: [], clause, strength: 'warn', why: 'These words can be held against us.', repair: null },
    length: { clause, strength: 'block', why: 'The platform would refuse it.', repair: 'Shorten it.' },
  };
}

export function readVoice(reading: Reading, node: Located, heading: string): Voice {
  const voice = builtInVoice();
  const keys = keysOf(reading, node, ['banned', 'required', 'personal_data', 'leftovers', 'liability', 'length'], []);
  for (const [key, value] of keys) {
    if (key === 'banned') voice.banned = items(reading, value).map((item) => readBanned(reading, item, heading));
    else if (key === 'required')
      voice.required = items(reading, value).map((item) => readRequired(reading, item, heading));
    else readFixed(reading, voice, key, value, heading);
  }
  return voice;
}

function readBanned(reading: Reading, node: Located, heading: string): BannedPhrase {
  const keys = keysOf(reading, node, ['id', 'phrase', 'family', 'near', 'within', ...WHY], ['id', 'why']);
  const id = wordsIn(reading, keys.get('id'), 'phrase');
  const forms = (['phrase', 'family', 'near'] as const).filter((form) => keys.has(form));
  const form = forms[0] ?? 'phrase';
  if (forms.length !== 1)
    reading.faults.add(node.at, `This rule has ${forms.length} forms.`, 'one of `phrase`, `family` or `near`');
  const patterns = listIn(reading, keys.get(form));
  for (const each of patterns) checkPattern(reading, each.text, each.at, form !== 'phrase');
  if (forms.length === 1 && patterns.length === 0)
    reading.faults.add(node.at, 'No words stand here.', 'at least one phrase');
  if (form === 'near' && patterns.length !== 2)
    reading.faults.add(node.at, `\`near\` names ${patterns.length} words.`, 'two, `near: [unable, assist]`');
  const within = countIn(reading, keys.get('within'), 5, 12);
  const insists = readInsists(reading, keys, 'block');
  const said = patterns.map((each) => sayPattern(each.text));
  const what = form === 'near' ? `${sayList(said, 'and')} close together` : sayList(said);
  const clause = reading.clause(heading, node.at.line, () => `We do not write ${what}. ${insists.why}`);
  return { id, form, patterns: patterns.map((each) => each.text), within, ...insists, clause };
}

function readRequired(reading: Reading, node: Located, heading: string): RequiredElement {
  const keys = keysOf(reading, node, ['id', 'name', 'any', 'signature', 'classes', ...WHY], ['id', 'name', 'why']);
  const id = wordsIn(reading, keys.get('id'), 'element');
  const name = wordsIn(reading, keys.get('name'), id);
  const any = listIn(reading, keys.get('any'));
  for (const each of any) checkPattern(reading, each.text, each.at, true);
  const signature = flagIn(reading, keys.get('signature'), false);
  if (!signature && any.length === 0)
    reading.faults.add(
      node.at,
      'Nothing says what would count as this element.',
      '`any: [sorry, thank you]`, or `signature: true`',
    );
  const classes = keys.has('classes') ? listIn(reading, keys.get('classes')) : null;
  for (const each of classes ?? []) reading.refer('class', each.text, each.at);
  const insists = readInsists(reading, keys, 'block');
  const clause = reading.clause(heading, node.at.line, () => `Every reply has ${name}. ${insists.why}`);
  return {
    id,
    name,
    any: any.map((each) => each.text),
    signature,
    classes: classes?.map((each) => each.text) ?? null,
    ...insists,
    clause,
  };
}

function readFixed(reading: Reading, voice: Voice, key: string, node: Located, heading: string): void {
  const more = key === 'personal_data' ? ['kinds', 'masks', 'allow'] : key === 'length' ? [] : ['words'];
  const keys = keysOf(reading, node, [...more, ...WHY], []);
  const words = listIn(reading, keys.get('words'));
  if (key === 'personal_data') {
    const kinds = keys.get('kinds');
    const given = kinds?.is === 'list' ? kinds.items : kinds ? [kinds] : [];
    if (kinds) voice.personalData.kinds = given.map((item) => choiceIn(reading, item, KINDS, 'email'));
    const masks = listIn(reading, keys.get('masks'));
    for (const mask of masks) {
      if (!/^(?=.*[#@])[\p{L}\p{N}#@ ./-]{4,40}$/u.test(mask.text)) {
        reading.faults.add(
          mask.at,
          `\`${mask.text.slice(0, 60)}\` is not a mask.`,
          'a mask such as `RF-########`: # a digit, @ a letter',
        );
      }
    }
    voice.personalData.masks = masks.map((mask) => mask.text);
    voice.personalData.allow = listIn(reading, keys.get('allow')).map((each) => each.text);
  } else if (key === 'leftovers') {
    for (const each of words) checkPattern(reading, each.text, each.at, true);
    voice.leftovers.words = words.map((each) => each.text);
  } else if (key === 'liability') {
    for (const each of words) checkPattern(reading, each.text, each.at, true);
    voice.liability.words = words.map((each) => each.text);
  }
  const part = key === 'personal_data' ? 'personalData' : (key as 'leftovers' | 'liability' | 'length');
  const insists = readInsists(reading, keys, voice[part].strength, voice[part].why, voice[part].repair);
  if (key === 'personal_data' && insists.strength !== 'block') {
    reading.faults.add(
      keys.get('strength')?.at ?? node.at,
      'Personal data in public is always blocked.',
      '`strength` left out',
    );
  }
  const says = {
    personalData: `No personal data in public. ${insists.why}`,
    leftovers: `No internal notes in a reply. ${insists.why}`,
    liability: `Words that touch liability bring legal in. ${insists.why}`,
    length: `A reply fits the platform. ${insists.why}`,
  };
  const clause = reading.clause(heading, node.at.line, () => says[part]);
  Object.assign(voice[part], insists, { clause });
}

function readInsists(
  reading: Reading,
  keys: Map<string, Located>,
  strength: 'block' | 'warn' | 'note',
  why = '',
  repair: string | null = null,
) {
  return {
    strength: strengthIn(reading, keys.get('strength'), strength),
    why: wordsIn(reading, keys.get('why'), why),
    repair: keys.has('repair') ? wordsIn(reading, keys.get('repair'), '') : repair,
  };
}

function checkPattern(reading: Reading, text: string, at: Place, isPattern: boolean): void {
  const read = readPhrase(text);
  if ('says' in read)
    reading.faults.add(
      at,
      read.says,
      'words, `word*` for any ending, `(a|b)` for a choice, `(a)?` for one that may be absent',
    );
  else if (!isPattern && /[*()|]/.test(text))
    reading.faults.add(at, 'A `phrase` is taken word for word.', '`family:` for endings and choices');
}

function items(reading: Reading, node: Located): Located[] {
  const list = node.is === 'list' ? node.items : [node];
  if (list.length > MOST_RULES)
    reading.faults.add(node.at, `Here stand ${list.length} rules.`, `at most ${MOST_RULES}`);
  return list.slice(0, MOST_RULES);
}
