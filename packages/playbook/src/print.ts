// The plan as a document to print: prose as it was written, every rule as a numbered sentence under its heading, in plain Markdown.
import type { Playbook } from '@rejoinder/contracts/playbooks';
import type { Inline } from './inline.ts';
import { sayRoles } from './levels.ts';
import { type PlanSection, renderPlan } from './render.ts';

/** The whole document, head and sections. Printing what was printed gives the same text again (PB-18). */
export function printPlan(text: string, playbook: Playbook): string {
  const [first, ...rest] = renderPlan(text, playbook);
  const title = first ? printSections([{ ...first, parts: [] }]) : '';
  const below = first ? [{ ...first, heading: '' }, ...rest] : rest;
  return `${title}\n${sayHead(playbook)}\n\n${printSections(below)}`;
}

/** Sections as Markdown, one empty line between parts. A section without heading continues the one before. */
export function printSections(sections: readonly PlanSection[]): string {
  const parts = sections.flatMap((section) => [
    ...(section.heading === '' ? [] : [`${'#'.repeat(section.depth)} ${section.heading}`]),
    ...section.parts.map(printPart),
  ]);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Which plan it is, whose, and who approved it. */
function sayHead(playbook: Playbook): string {
  const { id, version, owner, approvedBy, reviewBy, mustConfirmReading } = playbook;
  const approved =
    approvedBy === null ? '' : ` Approved by ${sayRoles(playbook, [approvedBy.role])} on ${approvedBy.on}.`;
  const review = reviewBy === null ? '' : ` To be read again by ${reviewBy}.`;
  const readers =
    mustConfirmReading.length === 0
      ? ''
      : ` Reading it is confirmed by ${sayRoles(playbook, mustConfirmReading, 'and')}.`;
  return `Plan ${id}, version ${version}, looked after by ${sayRoles(playbook, [owner])}.${approved}${review}${readers}`;
}

function printPart(part: PlanSection['parts'][number]): string {
  switch (part.is) {
    case 'rules':
      return part.rules.map((rule) => `- §${rule.clause.split(' §').at(-1)} ${rule.sentence}`).join('\n');
    case 'list':
      return part.items.map((item, i) => `${part.ordered ? `${i + 1}.` : '-'} ${printInline(item)}`).join('\n');
    case 'code':
      return `\`\`\`\n${part.text}\n\`\`\``;
    case 'quote':
      return `> ${printInline(part.text)}`;
    case 'paragraph':
      return printInline(part.text);
  }
}

function printInline(pieces: readonly Inline[]): string {
  return pieces.map(printPiece).join('');
}

function printPiece(piece: Inline): string {
  switch (piece.is) {
    case 'strong':
      return `**${piece.text}**`;
    case 'em':
      return `*${piece.text}*`;
    case 'code':
      return `\`${piece.text}\``;
    case 'link':
      return `[${piece.text}](${piece.href})`;
    case 'text':
      return piece.text;
  }
}
