// What was left in a reply that was meant for us: places to fill in, notes, calls to a colleague.

/** UTF-16 offsets. */
export type Leftover = { from: number; to: number };

/** Slots such as [name], {{first_name}} or <date>; marks such as TODO; calls such as @legal. Each with bounded length. */
const MARKS = [
  /\[[^[\]\n]{1,60}\]/g,
  /\{\{?[^{}\n]{1,60}\}\}?/g,
  /<(?:name|date|order|number|city|amount|link|product|insert)[^<>\n]{0,40}>/gi,
  /\b(?:TODO|FIXME|TBD|TBC|XXX+)\b/g,
  /\blorem ipsum\b/gi,
  /(?:^|[^\w@])@(?:legal|comms|communications|pr|compliance|marketing|social[ _-]?lead|department|expert|executive|commander)\b(?![@.\w])/gi,
  /_{4,}/g,
];

/** Every built-in leftover in order. */
export function findLeftovers(text: string): Leftover[] {
  const found: Leftover[] = [];
  for (const mark of MARKS) {
    for (const each of text.matchAll(mark)) {
      const lead = each[0].search(/[^\s]/);
      found.push({ from: each.index + Math.max(lead, 0), to: each.index + each[0].length });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}
