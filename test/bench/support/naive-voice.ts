// The voice as one would write it first: every rule a regular expression over the text. It sees no look-alikes, hidden letters or spacing.

export function naiveJudge(patterns: readonly string[]): (text: string) => number {
  const rules = patterns.map((pattern) => new RegExp(`\\b${asExpression(pattern)}\\b`, 'giu'));
  return (text) => rules.reduce((sum, rule) => sum + [...text.matchAll(rule)].length, 0);
}

function asExpression(pattern: string): string {
  return pattern
    .split(/\s+/)
    .map((part) => {
      if (part === '...') return '(?:\\S+\\s+){0,4}';
      const optional = part.endsWith('?');
      const words = part.replace(/[()?]/g, '').replaceAll('*', '\\p{L}*');
      return `(?:(?:${words})\\s+)${optional ? '?' : ''}`;
    })
    .join('')
    .replace(/\\s\+\)$/, '\\s*)');
}
