// How high above the lower edge of the screen a short message stands, so that it covers nothing a person is about to press.

export type Box = { left: number; right: number; top: number; bottom: number };
/** What stands there: its side edges, how high it is, and the height of the screen, all in px. */
type Message = { left: number; right: number; height: number; screen: number };

/** Px from every edge and from whatever is kept free. */
export const GAP = 12;

/** The lowest place over nothing that is kept free; where there is none, the one that covers the least of it. */
export function riseOf({ left, right, height, screen }: Message, free: readonly Box[]): number {
  const beside = free.filter((box) => box.left < right && box.right > left && box.bottom > 0 && box.top < screen);
  const most = Math.max(GAP, screen - height - GAP);
  const places = [GAP, ...beside.map((box) => screen - box.top + GAP), most]
    .filter((rise) => rise >= GAP && rise <= most)
    .sort((a, b) => a - b);
  const covered = (rise: number): number => {
    const bottom = screen - rise;
    return beside.reduce((sum, box) => {
      const high = Math.min(box.bottom, bottom) - Math.max(box.top, bottom - height);
      return sum + Math.max(0, high) * (Math.min(box.right, right) - Math.max(box.left, left));
    }, 0);
  };
  return places.reduce((best, rise) => (covered(rise) < covered(best) ? rise : best), GAP);
}

const PRESSED = 'button, a[href], input, select, textarea, label, summary, [role="option"], [role="slider"]';
let pressed: Element | null = null;
if (typeof document !== 'undefined')
  addEventListener(
    'pointerdown',
    ({ target }) => {
      if (target instanceof Element && !target.closest('[data-sonner-toaster]')) pressed = target.closest(PRESSED);
    },
    { capture: true, passive: true },
  );

/** What no message may cover now: all that can be pressed in the open dialog; else in a bar that stays in view, the next thing to do, and what was pressed or has the focus. */
export function keptFree(): Box[] {
  const dialog = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1);
  const around = dialog ? [dialog] : [...document.querySelectorAll('[data-bar]')];
  const focused = document.activeElement?.matches(PRESSED) ? document.activeElement : null;
  const all = new Set(around.flatMap((each) => [...each.querySelectorAll(PRESSED)]));
  const next = dialog ? [] : document.querySelectorAll('.button.primary');
  for (const each of [...next, pressed, focused]) if (each?.isConnected) all.add(each);
  return [...all].flatMap((each) => visible(each));
}

/** The part of it that is not scrolled out of sight. */
function visible(element: Element): Box[] {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const within = element.closest('[data-scrolls]')?.getBoundingClientRect();
  const box = within
    ? { left, right, top: Math.max(top, within.top), bottom: Math.min(bottom, within.bottom) }
    : { left, right, top, bottom };
  return box.bottom > box.top && box.right > box.left ? [box] : [];
}
