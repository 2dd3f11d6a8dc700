// Which theme this browser shows: the system's choice unless the person chose another.

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'rejoinder.theme';

class ThemeChoice {
  current: Theme = $state(stored());

  constructor() {
    show(this.current);
  }

  set(theme: Theme): void {
    this.current = theme;
    show(theme);
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Storage may be switched off; the choice then lasts as long as the page.
    }
  }
}

export const theme = new ThemeChoice();

function stored(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
