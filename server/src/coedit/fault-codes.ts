// Which code of the catalogue does a thrown thing carry, and with which one is a socket closed for it?
import { PROBLEMS, type ProblemCode } from '@rejoinder/contracts/problems';

/** The code of a Problem or an UpdateFault; null for anything unforeseen. */
export function codeOf(cause: unknown): ProblemCode | null {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : null;
}

/** When a write was refused: gone and started anew are told as they are; any other no means: come back and hear the new state. */
export function closeCodeFor(cause: unknown): ProblemCode | null {
  const code = codeOf(cause);
  if (code === null || code === 'not-found' || code === 'stale-generation') return code;
  return 'resync';
}
