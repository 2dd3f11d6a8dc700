// The figures in a text in one form each, so that "12,000", "12 000" and "12k" are the same: numbers, money, percentages, spans, times and dates.

/** A figure and its place in UTF-16 offsets. Two figures say the same when their keys are equal. */
export type Figure = { from: number; to: number; key: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WORDS = new Map(
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, i) => [word, i + 2] as const),
);
for (const [i, word] of 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').entries())
  WORDS.set(word, (i + 2) * 10);
const MORE: Record<string, number> = {
  dozen: 12,
  hundred: 100,
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  billion: 1e9,
};
const MONEY: Record<string, string> = {
  '€': 'eur',
  eur: 'eur',
  euro: 'eur',
  euros: 'eur',
  $: 'usd',
  usd: 'usd',
  dollar: 'usd',
  dollars: 'usd',
  '£': 'gbp',
  gbp: 'gbp',
  pound: 'gbp',
  pounds: 'gbp',
  chf: 'chf',
  franc: 'chf',
  francs: 'chf',
};
const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?`;
const SPELT = [...WORDS.keys()].join('|');

const DATES = [
  /\b(\d{4})-(\d{2})-(\d{2})\b/gi,
  new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}\b\.?`, 'gi'),
  new RegExp(String.raw`\b${MONTH}\.? (\d{1,2})(?:st|nd|rd|th)?\b(?![:.,]\d)`, 'gi'),
];
const TIMES = [/\b([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)? ?(am|pm)?\b/gi, /\b(1[0-2]|[1-9]) ?(am|pm)\b/gi];
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\d#])([€$£]|(?:eur|usd|gbp|chf) ?)? ?(?:(${NUMBER})|(${SPELT}))(?:[ -]?(hundred|thousand|million|billion|dozen|k|m)(?![\p{L}]))?( ?%| ?per ?cent\b| ?[€$£]| ?(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?)\b|[ -](?:working |business )?(?:minute|hour|day|week|month|year)s?\b)?(?![\p{L}\d])`,
  'giu',
);
/** Addresses, handles and tags hold figures that claim nothing. */
const SILENT = /https?:\/\/\S+|www\.\S+|[@#][\p{L}\p{N}_.-]+/gu;

/** Every figure of a text, in order. What is a date or a time is no number as well. */
export function figuresIn(text: string): Figure[] {
  const taken = new Uint8Array(text.length);
  const found: Figure[] = [];
  const take = (match: RegExpExecArray, key: string) => {
    const lead = match[0].length - match[0].trimStart().length;
    const from = match.index + lead;
    const to = from + match[0].trim().length;
    if (taken.subarray(from, to).includes(1)) return;
    taken.fill(1, from, to);
    if (key !== '') found.push({ from, to, key });
  };
  for (const match of text.matchAll(SILENT)) take(match, '');
  for (const [i, form] of DATES.entries()) for (const match of text.matchAll(form)) take(match, dateKey(i, match));
  for (const match of text.matchAll(TIMES[0] as RegExp))
    if (isTime(match)) take(match, timeKey(match[1], match[2], match[3]));
  for (const match of text.matchAll(TIMES[1] as RegExp)) take(match, timeKey(match[1], '00', match[2]));
  for (const match of text.matchAll(AMOUNT)) take(match, amountKey(match));
  return found.sort((a, b) => a.from - b.from);
}

/** 12.30 alone may as well be an amount; with a colon, or am and pm, it is a time. */
const isTime = (match: RegExpExecArray): boolean => match[0].includes(':') || match[3] !== undefined;

function timeKey(hours = '0', minutes = '00', half?: string): string {
  const said = Number(hours) % (half === undefined ? 24 : 12);
  return `at ${half?.toLowerCase() === 'pm' ? said + 12 : said}:${minutes}`;
}

function dateKey(form: number, match: RegExpExecArray): string {
  const [, a = '', b = '', c = ''] = match;
  if (form === 0) return `on ${Number(b)}/${Number(c)}`;
  const [day, month] = form === 1 ? [a, b] : [b, a];
  return `on ${MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1}/${Number(day)}`;
}

function amountKey([, before, digits, word, more, after]: RegExpExecArray): string {
  const base = digits === undefined ? (WORDS.get((word ?? '').toLowerCase()) ?? 0) : numberFrom(digits);
  const value = base * (more === undefined ? 1 : (MORE[more.toLowerCase()] ?? 1));
  const unit = (after ?? before ?? '').trim().toLowerCase();
  const money = MONEY[unit];
  if (money !== undefined) return `${value} ${money}`;
  if (/^(?:%|per ?cent)$/.test(unit)) return `${value} %`;
  const span = /(minute|hour|day|week|month|year)s?$/.exec(unit)?.[1];
  return span === undefined ? `${value}` : `${value} ${span}`;
}

/** 12,000 and 12.000 are twelve thousand; 12.5 and 12,5 are twelve and a half. */
function numberFrom(digits: string): number {
  const groups = /^(\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(digits);
  if (groups) return Number(`${(groups[1] ?? '').replace(/\D/g, '')}.${groups[2] ?? 0}`);
  return Number(digits.replace(',', '.'));
}
