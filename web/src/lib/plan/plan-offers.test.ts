import { describe, expect, it } from 'vitest';
import { placeAt } from './place-at.ts';
import { helpFor, type Names, offersAt } from './plan-offers.ts';

const NAMES = {
  role: ['responder', 'legal'],
  stage: ['new', 'owned'],
  'sign-off': ['reply'],
  clock: ['public-reply'],
  ladder: [],
  calendar: ['always'],
  class: ['complaint'],
  department: ['logistics'],
  field: ['class', 'department'],
} satisfies Names;

/** The place and the labels offered where the mark `|` stands. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = placeAt(text, offset);
  return { place, labels: offersAt(text, place, NAMES).map((offer) => offer.label), text, offset };
}
const block = (kind: string, body: string) => `# Plan\n\n\`\`\`yaml ${kind}\n${body}\n\`\`\`\n`;

describe('writing a plan', () => {
  it('[PW-1] kinds of block are offered behind yaml, those that stand once only once', () => {
    expect(at('# Plan\n\n```yaml st|').labels).toEqual(expect.arrayContaining(['stage', 'roles', 'levels']));
    const { labels } = at(`${block('roles', 'a: {}')}\n\`\`\`yaml |`);
    expect(labels).toContain('stage');
    expect(labels).not.toContain('roles');
    expect(at('# Plan\n\n```yaml stage n|').labels).toEqual([]);
    expect(at('Some prose, yaml |').labels).toEqual([]);
    expect(at('```json\n{ "a": |\n```').place).toEqual({ at: 'prose' });
  });

  it('[PW-1] keys are offered where a key belongs, without those that stand there already', () => {
    const { labels, place } = at(block('stage new', 'leave:\n  - has_fields: [class]\n|\ntext: frozen'));
    expect(place).toMatchObject({ at: 'block', kind: 'stage', path: [], wants: 'key', present: ['leave', 'text'] });
    expect(labels).toEqual(expect.arrayContaining(['enter', 'next', 'limit']));
    expect(labels).not.toContain('leave');
    expect(labels).not.toContain('text');
    expect(at('---\nowner: social\n|').place).toMatchObject({ kind: null, path: [], wants: 'key', present: ['owner'] });
    expect(at('---\n|').labels).toContain('must_confirm_reading');
  });

  it('[PW-1] guards are offered in a list of guards, those without a value bare', () => {
    const { labels, place, text } = at(block('stage new', 'leave:\n  - |'));
    expect(place).toMatchObject({ path: ['leave'], wants: 'item', flow: false });
    expect(labels).toEqual(expect.arrayContaining(['has_fields', 'voice_clean', 'all']));
    const offers = offersAt(text, place, NAMES);
    expect(offers.find((each) => each.label === 'voice_clean')?.insert).toBe('voice_clean');
    expect(offers.find((each) => each.label === 'has_fields')?.insert).toBe('has_fields: ');
    expect(at(block('stage new', 'leave:\n- |')).place).toMatchObject({ path: ['leave'], wants: 'item' });
    expect(at(block('stage new', 'leave: [voice_clean, |]')).labels).not.toContain('has_fields');
  });

  it('[PW-1] names of the plan and words of the language are offered as values, in brackets too', () => {
    expect(at(block('stage new', 'leave:\n  - has_fields: [class, |')).labels).toEqual(['class', 'department']);
    expect(at(block('stage new', 'leave:\n  - sign_offs_valid: |')).labels).toContain('reply');
    expect(at(block('stage new', 'text: |')).labels).toContain('frozen');
    expect(at(block('stage new', 'next: [|')).labels).toEqual(expect.arrayContaining(['new', 'owned']));
    const inRole = at(block('roles', 'responder: { name: Responder, may: [view, |'));
    expect(inRole.place).toMatchObject({ path: ['responder', 'may'], wants: 'item', flow: true });
    expect(inRole.labels).toContain('publish');
    expect(at(block('roles', 'responder: { name: Responder, |')).labels).not.toContain('name');
  });

  it('[PW-1] a key under the guard of a list stands beside the guard', () => {
    const { place, labels } = at(block('stage new', 'leave:\n  - has_fields: [class]\n    |'));
    expect(place).toMatchObject({ path: ['leave'], wants: 'key' });
    expect(labels).toContain('strength');
  });

  it('[PW-2] keys, guards, kinds and names are explained where they stand, other words are not', () => {
    const text = block('stage new', 'leave:\n  - has_fields: [class]\nnext: [owned]');
    const say = (word: string) => helpFor(text, text.indexOf(word) + 1, NAMES)?.says;
    expect(say('stage')).toMatch(/\w/);
    expect(say('leave')).toMatch(/\w/);
    expect(say('has_fields')).toContain('has_fields: [class, department]');
    expect(say('owned')).toBe('A stage of this plan.');
    expect(say('Plan')).toBeUndefined();
  });
});
