// The written habits that a machine can judge: length, names, first lines, purity, and tests that really run.
import ts from 'typescript';
import { parse } from './imports.ts';
import { isCode, isTest, type SourceFile } from './tree.ts';

export const longest = 300;
const bannedNames = /(^|[/.-])(utils?|helpers?|common|misc|manager|base|types|index)(\.[a-z.]+$|\/)/;

/** Every breach in one file, each as one line that says what and where. */
export function breachesOf(file: SourceFile): string[] {
  if (!isCode(file)) return [];
  const found = [...nameBreaches(file), ...lineBreaches(file)];
  if (file.path.endsWith('.svelte')) found.push(...componentBreaches(file));
  if (file.path.startsWith('packages/') && !isTest(file)) found.push(...impurities(file));
  if (isTest(file)) found.push(...sleepingTests(file));
  if (/^(packages|server)\//.test(file.path) && /^export default /m.test(file.text)) found.push('a default export');
  return found.map((breach) => `${file.path}: ${breach}`);
}

function nameBreaches({ path }: SourceFile): string[] {
  const found: string[] = [];
  if (bannedNames.test(path))
    found.push('a name that says nothing (utils, helpers, common, misc, manager, base, types, index)');
  const name = path.split('/').at(-1) ?? '';
  const good = name.endsWith('.svelte')
    ? /^(\+[a-z]+|[A-Z][A-Za-z0-9]*)\.svelte$/
    : /^\+?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|mjs)$/;
  if (!good.test(name)) found.push('files are kebab-case, components PascalCase');
  return found;
}

function lineBreaches({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  const lines = text.trimEnd().split('\n');
  if (lines.length > longest && !path.includes('/migrations/')) found.push(`${lines.length} lines; at most ${longest}`);
  const first = lines[0] ?? '';
  const comment = path.endsWith('.svelte') ? /^<!-- \S/ : /^(\/\/|\/\*\*) \S/;
  if (!/\.d\.ts$|\.test\.\w+$/.test(path) && !comment.test(first))
    found.push('the first line is a comment saying what the file answers or owns');
  return found;
}

function componentBreaches({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  if (/\{@html\b/.test(text)) found.push('{@html: posts are written by strangers');
  if (/(?<![\w.$])fetch\s*\(/.test(text)) found.push('fetch in a component: lib/api asks the server');
  if (/(?<![\w.$])io\s*\(/.test(text)) found.push('io() in a component: lib/live-socket opens the socket');
  if (path.startsWith('web/src/routes/') && /from '[^']*\.service/.test(text)) found.push('a page imports a service');
  return found;
}

const impureCalls = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);
const impureNames = new Set([
  'fetch',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'localStorage',
  'document',
  'window',
]);

/** Packages decide without clock, chance or reach: what they need is passed in. */
function impurities(file: SourceFile): string[] {
  const found: string[] = [];
  const source = parse(file);
  const line = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    )
      declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const judge = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && impureCalls.has(node.getText()))
      found.push(`${node.getText()} in line ${line(node)}`);
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
      found.push(`new Date() in line ${line(node)}`);
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') found.push(`Date() in line ${line(node)}`);
    if (ts.isIdentifier(node) && impureNames.has(node.text) && !declared.has(node.text) && isUse(node))
      found.push(`${node.text} in line ${line(node)}`);
    ts.forEachChild(node, judge);
  };
  judge(source);
  return found;
}

/** A name used as a value of its own, not a property, a key or a type's member called the same. */
function isUse(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return (
    ts.isCallExpression(parent) ||
    ts.isBinaryExpression(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isVariableDeclaration(parent)
  );
}

const runners = new Set(['it', 'test', 'describe', 'suite']);
const asleep = new Set(['skip', 'only', 'todo', 'fixme', 'skipIf', 'runIf', 'fails']);

function sleepingTests(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && asleep.has(node.name.text) && runners.has(rootName(node)))
      found.push(`${node.getText()}: a test that does not run`);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

/** The names of all tests of a file, as written. */
export function testNames(file: SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && runners.has(rootName(node.expression))) {
      const name = node.arguments[0];
      if (name && ts.isStringLiteralLike(name)) found.push(name.text);
      else if (name && ts.isTemplateExpression(name)) found.push(name.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

function rootName(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
    return rootName(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression);
  }
  return '';
}
