// The plan as people read it: sections with prose and numbered rules, as plain data, so that a page draws text and never HTML.
import type { PlanRule, Playbook } from '@rejoinder/contracts/playbooks';
import { splitDocument } from './document.ts';
import { type Inline, readInline } from './inline.ts';

export type PlanProse =
  | { is: 'paragraph' | 'quote'; text: Inline[] }
  | { is: 'list'; ordered: boolean; items: Inline[][] }
  | { is: 'code'; text: string };
/** `depth` 1 is the title. `anchor` is unique in the plan. A section's rules stand where the block stands, after the prose before it. */
export type PlanSection = {
  anchor: string;
  depth: number;
  heading: string;
  parts: (PlanProse | { is: 'rules'; kind: string; id: string | null; rules: PlanRule[] })[];
};

/** The sections of a plan in document order. The playbook must be read from the same text. */
export function renderPlan(text: string, playbook: Playbook): PlanSection[] {
  const sections: PlanSection[] = [];
  const anchors = new Map<string, number>();
  let section: PlanSection = { anchor: 'plan', depth: 1, heading: playbook.title, parts: [] };
  const document = splitDocument(text);
  document.parts.forEach((part) => {
    if (part.at === 'heading') {
      if (section.parts.length > 0) sections.push(section);
      section = { anchor: anchorOf(part.text, anchors), depth: part.depth, heading: part.text, parts: [] };
    } else if (part.at === 'rule') {
      const last = part.line + part.body.split('\n').length + 1;
      const rules = playbook.rules.filter((rule) => rule.line >= part.line && rule.line <= last);
      section.parts.push({ is: 'rules', kind: part.kind, id: part.id, rules });
    } else if (part.at === 'list') {
      section.parts.push({ is: 'list', ordered: part.ordered, items: part.items.map(readInline) });
    } else if (part.at === 'code') {
      section.parts.push({ is: 'code', text: part.text });
    } else {
      section.parts.push({ is: part.at, text: readInline(part.text) });
    }
  });
  if (section.parts.length > 0 || sections.length === 0) sections.push(section);
  return sections;
}

/** Where the page shows a clause: the anchor of the heading the clause is named after. */
export function anchorOfClause(sections: readonly PlanSection[], clause: string): string | null {
  const heading = clause.replace(/ §\d+$/, '');
  return sections.find((section) => section.heading === heading)?.anchor ?? null;
}

function anchorOf(heading: string, seen: Map<string, number>): string {
  const plain = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const base = plain || 'section';
  const count = (seen.get(base) ?? 0) + 1;
  seen.set(base, count);
  return count === 1 ? base : `${base}-${count}`;
}
