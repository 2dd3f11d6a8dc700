// Which colleagues does a comment name with an @? The longest name wins; a first name is enough where only one has it.
import type { Told } from '@rejoinder/contracts/comments';

type Member = { userId: string; name: string };

export function namedIn(text: string, members: readonly Member[]): Told[] {
  const said = text.toLocaleLowerCase();
  const names = members.flatMap((member) => {
    const whole = member.name.toLocaleLowerCase();
    const first = firstOf(whole);
    const alone = members.filter((other) => firstOf(other.name.toLocaleLowerCase()) === first).length === 1;
    return first !== '' && first !== whole && alone
      ? [[whole, member] as const, [first, member] as const]
      : [[whole, member] as const];
  });
  names.sort((a, b) => b[0].length - a[0].length);
  const found: { at: number; member: Member }[] = [];
  const taken = new Set<number>();
  for (const [name, member] of names) {
    if (name === '') continue;
    for (let at = said.indexOf(`@${name}`); at !== -1; at = said.indexOf(`@${name}`, at + 1)) {
      if (taken.has(at) || isInWord(said, at - 1) || isInWord(said, at + 1 + name.length)) continue;
      taken.add(at);
      found.push({ at, member });
    }
  }
  found.sort((a, b) => a.at - b.at);
  const told = new Map(found.map(({ member }) => [member.userId, { userId: member.userId, name: member.name }]));
  return [...told.values()];
}

const firstOf = (name: string): string => name.trim().split(/\s+/, 1)[0] ?? '';

/** A letter or digit here means that the name goes on, or that the @ stands in an address. */
const isInWord = (text: string, at: number): boolean => at >= 0 && /[\p{L}\p{N}_]/u.test(text.charAt(at));
