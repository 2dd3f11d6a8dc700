// The tables of docs/api.md as the code says them: problems, routes and events.
import { EVENTS } from '@rejoinder/contracts/events';
import { PROBLEMS } from '@rejoinder/contracts/problems';
import { type Access, abilitiesOf, type Route } from '@rejoinder/contracts/route';
import { ROUTES } from '@rejoinder/contracts/routes';

/** The text with every part between `made: NAME` and `end` made anew. */
export function withTables(text: string): string {
  return text.replace(
    /(<!-- made: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_whole, begin: string, name: string, end: string) =>
      `${begin}\n${tables[name]?.() ?? `no table ${name}`}\n\n${end}`,
  );
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const tables: Record<string, () => string> = {
  problems: () =>
    table(
      ['code', 'status', 'close code', 'says'],
      Object.entries(PROBLEMS).map(([code, { status, close, says }]) => [`\`${code}\``, `${status}`, `${close}`, says]),
    ),
  routes: () =>
    table(
      ['name', 'address', 'who', 'what it does'],
      (Object.entries(ROUTES) as [string, Route][]).map(([name, route]) => [
        `\`${name}\``,
        `\`${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}\``,
        whoOf(route.access),
        route.says,
      ]),
    ),
  events: () =>
    table(
      ['type', 'when it is written', 'data'],
      Object.entries(EVENTS).map(([type, { when, data }]) => [
        `\`${type}\``,
        when,
        Object.keys(data.properties)
          .map((key) => `\`${key}\``)
          .join(', '),
      ]),
    ),
};

function whoOf(access: Access): string {
  if (typeof access === 'object')
    return abilitiesOf(access)
      .map((ability) => `\`${ability}\``)
      .join(' or ');
  return access === 'signed-in' ? 'signed in' : access === 'admin' ? 'administrator' : access;
}
