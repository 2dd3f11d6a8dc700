// Emphasis, code and links in a line of prose, as data. One pass; what is not closed is plain text.

export type Inline =
  | { is: 'text' | 'strong' | 'em' | 'code'; text: string }
  | { is: 'link'; text: string; href: string };

/** Reads **strong**, *em*, `code` and [links](https://…). Links go to http, https, mailto or a place in the plan; others stay text. */
export function readInline(text: string): Inline[] {
  const out: Inline[] = [];
  // Every run is bounded, so that unclosed marks cost a bounded look ahead.
  const mark =
    /\*\*([^*\n]{1,300})\*\*|\*([^*\n]{1,300})\*|\b_([^_\n]{1,300})_\b|`([^`\n]{1,300})`|\[([^[\]\n]{1,300})\]\(([^()\s]{1,500})\)/g;
  let last = 0;
  for (const found of text.matchAll(mark)) {
    const [whole, strong, star, under, code, label, href] = found;
    const part = partOf(strong, star ?? under, code, label, href) ?? { is: 'text', text: whole };
    if (found.index > last) out.push({ is: 'text', text: text.slice(last, found.index) });
    out.push(part);
    last = found.index + whole.length;
  }
  if (last < text.length) out.push({ is: 'text', text: text.slice(last) });
  return out;
}

function partOf(strong?: string, em?: string, code?: string, label?: string, href?: string): Inline | null {
  if (strong !== undefined) return { is: 'strong', text: strong };
  if (em !== undefined) return { is: 'em', text: em };
  if (code !== undefined) return { is: 'code', text: code };
  if (label !== undefined && href !== undefined && /^(https?:\/\/|mailto:|#)/i.test(href))
    return { is: 'link', text: label, href };
  return null;
}
