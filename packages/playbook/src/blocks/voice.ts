// Reads how we speak: the block `voice`.
import type { BannedPhrase, PersonalDataKind, RequiredElement, Voice } from '@rejoinder/contracts/voice-rules';
import type { Place } from '../faults.ts';
import { sayList } from '../levels.ts';
import type { Reading } from '../reading.ts';
import { sayPattern } from '../say.ts';
import { keys, list, placed } from '../shapes/joined.ts';
import { type Key, maybe, needs, or } from '../shapes/shape.ts';
import { choice, count, flag, mask, pattern, ref, share, words } from '../shapes/single.ts';
import type { Block } from './block.ts';

const KINDS: readonly PersonalDataKind[] = ['email', 'phone', 'payment_card', 'iban', 'account_number'];
const BUILT_IN = 'Built in';

/** What holds where a plan says nothing: personal data, leftovers and length still block. */
export function builtInVoice(): Voice {
  const insists = (strength: 'block' | 'warn', why: string, repair: string | null) => ({
    clause: BUILT_IN,
    strength,
    why,
    repair,
  });
  return {
    banned: [],
    required: [],
    personalData: {
      kinds: [...KINDS],
      masks: [],
      allow: [],
      ...insists('block', 'Personal data does not belong in public.', 'Take it out.'),
    },
    leftovers: { words: [], ...insists('block', 'This was meant for us.', 'Take it out or fill it in.') },
    liability: { words: [], ...insists('warn', 'These words can be held against us.', null) },
    length: insists('block', 'The platform would refuse it.', 'Shorten it.'),
  };
}

const STRENGTH = choice(['block', 'warn', 'note']);
const WHY_HELP = 'The reason, for people. A rule without a good one will be worked around.';
const STRENGTH_HELP = '`block` refuses, `warn` goes on with a reason, `note` only says so.';
const REPAIR: Key<string | null> = maybe(words, 'What to do instead.');
const INSISTS = {
  why: needs(words, WHY_HELP),
  repair: REPAIR,
  strength: or(STRENGTH, 'block' as const, STRENGTH_HELP),
};

/** For parts that hold without being written down: what is left out stays as it is built in. */
function insists(part: 'personalData' | 'leftovers' | 'liability' | 'length') {
  const { why, repair, strength } = builtInVoice()[part];
  return {
    why: or(words, why, WHY_HELP),
    repair: or<string | null>(words, repair, 'What to do instead.'),
    strength: or(STRENGTH, strength, STRENGTH_HELP),
  };
}

const BANNED = keys({
  id: needs(words, 'A name of its own.'),
  phrase: maybe(list(pattern), 'Word for word.'),
  family: maybe(list(pattern), 'Patterns: `offend*`, `(sorry|apologi*)`, `(very)?`, `...`.'),
  near: maybe(list(pattern), 'Two words that stand close together.'),
  within: or(count(12), 5, 'How close, in words.'),
  ...INSISTS,
});
const REQUIRED = keys({
  id: needs(words, 'A name of its own.'),
  name: needs(words, 'What a reply has to have.'),
  any: or(list(pattern), [], 'Patterns, one of which must be there.'),
  signature: or(flag, false, '`true`: a person’s name at the end.'),
  classes: maybe(list(ref('class')), 'Only for cards of these classes.'),
  ...INSISTS,
});
const VOICE = keys({
  banned: or(list(placed(BANNED)), [], 'Phrases that may not be said.'),
  required: or(list(placed(REQUIRED)), [], 'What every reply has to have.'),
  personal_data: maybe(
    keys({
      kinds: or(list(choice(KINDS)), [...KINDS], 'What is looked for.'),
      masks: or(list(mask), [], 'Masks of your own numbers: `#` a digit, `@` a letter.'),
      allow: or(list(words), [], 'Your own addresses and numbers, which may be said.'),
      ...insists('personalData'),
    }),
    'Personal data in public; always blocks.',
  ),
  leftovers: maybe(
    keys({ words: or(list(pattern), [], 'Words besides the built-in ones.'), ...insists('leftovers') }),
    'Internal notes left in a reply.',
  ),
  liability: maybe(
    keys({ words: or(list(pattern), [], 'Words that bring legal in.'), ...insists('liability') }),
    'Words that can be held against us.',
  ),
  length: maybe(keys(insists('length')), 'A reply that is too long for its platform.'),
  likeness: maybe(
    keys({ ceiling: needs(share, 'From this share of equal runs of words it counts as a copy.'), ...INSISTS }),
    'How like a reply may be to one already sent.',
  ),
});

export const voice: Block = {
  kind: 'voice',
  help: 'How we speak: what is banned, what every reply has, personal data, leftovers, liability, length and likeness.',
  idOf: null,
  required: false,
  data: VOICE.data,
  into: (playbook, reading, node) => {
    const made = builtInVoice();
    playbook.voice = made;
    VOICE.readEach(reading, node, (key, at, so) => {
      if (key === 'banned') made.banned = so.banned.map((each) => bannedFrom(reading, each));
      else if (key === 'required') made.required = so.required.map((each) => requiredFrom(reading, each));
      else if (key === 'likeness' && so.likeness) {
        const { likeness } = so;
        const says = `A reply of which ${Math.round(likeness.ceiling * 100)} % or more was sent before is a copy. ${likeness.why}`;
        made.likeness = { ...likeness, clause: reading.rule(at, () => says) };
      } else if (key === 'personal_data' && so.personalData) {
        if (so.personalData.strength !== 'block')
          reading.faults.add(at, 'Personal data in public is always blocked.', '`strength` left out');
        made.personalData = {
          ...so.personalData,
          clause: fixed(reading, at, 'No personal data in public.', so.personalData),
        };
      } else if (key === 'leftovers' && so.leftovers)
        made.leftovers = { ...so.leftovers, clause: fixed(reading, at, 'No internal notes in a reply.', so.leftovers) };
      else if (key === 'liability' && so.liability)
        made.liability = {
          ...so.liability,
          clause: fixed(reading, at, 'Words that touch liability bring legal in.', so.liability),
        };
      else if (key === 'length' && so.length)
        made.length = { ...so.length, clause: fixed(reading, at, 'A reply fits the platform.', so.length) };
    });
  },
};

function fixed(reading: Reading, at: Place, says: string, { why }: { why: string }): string {
  return reading.rule(at, () => `${says} ${why}`);
}

type Placed<T extends { read: (...all: never[]) => unknown }> = { at: Place; value: ReturnType<T['read']> };

function bannedFrom(reading: Reading, { at, value }: Placed<typeof BANNED>): BannedPhrase {
  const { id, within, why, repair, strength } = value;
  const forms = (['phrase', 'family', 'near'] as const).filter((form) => value[form] !== null);
  const form = forms[0] ?? 'phrase';
  const patterns = value[form] ?? [];
  if (forms.length !== 1)
    reading.faults.add(at, `This rule has ${forms.length} forms.`, 'one of `phrase`, `family` or `near`');
  else if (patterns.length === 0) reading.faults.add(at, 'No words stand here.', 'at least one phrase');
  if (form === 'near' && patterns.length !== 2)
    reading.faults.add(at, `\`near\` names ${patterns.length} words.`, 'two, `near: [unable, assist]`');
  if (form === 'phrase' && patterns.some((each) => /[*()|]/.test(each)))
    reading.faults.add(at, 'A `phrase` is taken word for word.', '`family:` for endings and choices');
  const said = patterns.map(sayPattern);
  const what = form === 'near' ? `${sayList(said, 'and')} close together` : sayList(said);
  const clause = reading.rule(at, () => `We do not write ${what}. ${why}`);
  return { id: id || 'phrase', form, patterns, within, why, repair, strength, clause };
}

function requiredFrom(reading: Reading, { at, value }: Placed<typeof REQUIRED>): RequiredElement {
  if (!value.signature && value.any.length === 0)
    reading.faults.add(
      at,
      'Nothing says what would count as this element.',
      '`any: [sorry, thank you]`, or `signature: true`',
    );
  const clause = reading.rule(at, () => `Every reply has ${value.name}. ${value.why}`);
  return { ...value, id: value.id || 'element', clause };
}
