// Loaded into a server process before anything else: its wall clock stands at the instant a file says until a test sets another.
import { readFileSync } from 'node:fs';

const file = process.env.HAND_CLOCK_FILE;
if (file) {
  const Real = Date;
  const now = (): number => Real.parse(readFileSync(file, 'utf8'));
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: [number?]) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
