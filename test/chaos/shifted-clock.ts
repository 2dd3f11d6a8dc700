// Loaded into a server process before anything else: shifts its wall clock by as many milliseconds as a file says, as a machine's clock that leaps.
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_SHIFT_FILE;
if (file) {
  const Real = Date;
  const real = Real.now.bind(Real);
  let shift = 0;
  const look = (): void => {
    shift = Number(readFileSync(file, 'utf8')) || 0;
  };
  look();
  setInterval(look, 50).unref();
  const now = (): number => real() + shift;
  globalThis.Date = new Proxy(Real, {
    construct: (target, args: [number?]) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
