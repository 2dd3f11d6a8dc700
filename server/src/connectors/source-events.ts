// Reads what a sender hands over as a source event: shape, times and strings; whoever fails is told where and why.
import { SourceEvent, SourceMention } from '@rejoinder/contracts/mentions';
import { Compile } from 'typebox/schema';

const asMention = Compile(SourceMention);
const asEvent = Compile(SourceEvent);
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/;
const EARLIEST = Date.parse('1990-01-01T00:00:00Z');
const LATEST = Date.parse('2200-01-01T00:00:00Z');

/** A source event; a bare mention counts as a new one when `bare` is allowed. A string says what is wrong with it. */
export function readSourceEvent(value: unknown, bare = false): SourceEvent | string {
  const named = typeof value === 'object' && value !== null && 'type' in value;
  if (!named && bare)
    return asMention.Check(value)
      ? checked({ type: 'created', mention: value as SourceMention })
      : faultOf(asMention, value);
  return asEvent.Check(value) ? checked(value as SourceEvent) : faultOf(asEvent, value);
}

function checked(event: SourceEvent): SourceEvent | string {
  if (event.type === 'deleted') return timeFault('/at', event.at) ?? nulFault('/nativeId', event.nativeId) ?? event;
  const { postedAt, editedAt, nativeId, platform, author } = event.mention;
  return (
    timeFault('/mention/postedAt', postedAt) ??
    (editedAt === null ? undefined : timeFault('/mention/editedAt', editedAt)) ??
    nulFault('/mention/platform', platform) ??
    nulFault('/mention/nativeId', nativeId) ??
    nulFault('/mention/author/handle', author.handle) ??
    event
  );
}

function timeFault(path: string, text: string): string | undefined {
  const at = Date.parse(text);
  if (Number.isNaN(at) || !ZONED.test(text))
    return `${path} "${text}" is not an ISO 8601 instant with its zone, such as 2026-03-01T12:00:00Z`;
  return at < EARLIEST || at > LATEST ? `${path} "${text}" lies outside the years 1990 to 2199` : undefined;
}

/** An id is kept as it came or not at all: with characters taken out it could become another post's id. */
const nulFault = (path: string, text: string): string | undefined =>
  text.includes('\0') || !text.isWellFormed() ? `${path} holds a character that cannot be stored` : undefined;

function faultOf(
  shape: { Errors: (value: unknown) => [boolean, { instancePath: string; message: string }[]] },
  value: unknown,
): string {
  const [, errors] = shape.Errors(value);
  const fault = errors.find((e) => e.instancePath !== '') ?? errors[0];
  return fault ? `${fault.instancePath || 'it'} ${fault.message}` : 'it is not a mention event';
}
