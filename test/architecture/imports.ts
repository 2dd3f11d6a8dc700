// What a file really imports: parsed, not searched, types and lazy imports included, and resolved to a place in the project.
import path from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './tree.ts';

export interface Import {
  from: string;
  /** A path in the project, or the name as written when it lies outside. */
  to: string;
  inside: boolean;
  typeOnly: boolean;
}

export function parse(file: SourceFile): ts.SourceFile {
  const text = file.path.endsWith('.svelte') ? scriptsOf(file.text) : file.text;
  return ts.createSourceFile(`${file.path}.ts`, text, ts.ScriptTarget.Latest, true);
}

/** The script blocks of a component; the rest blanked, so that positions stay. */
function scriptsOf(text: string): string {
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '').join('\n');
}

export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    found.push({ from: file.path, ...resolve(file.path, specifier.text), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    !!names &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((name) => name.isTypeOnly)
  );
}

function resolve(from: string, specifier: string): { to: string; inside: boolean } {
  const own = /^@rejoinder\/([^/]+)(?:\/(.+))?$/.exec(specifier);
  if (own) {
    const [, name = '', rest = 'index'] = own;
    const place = name === 'server' || name === 'web' ? name : `packages/${name}`;
    return { to: `${place}/src/${rest}.ts`, inside: true };
  }
  const lib = /^(?:#lib|\$lib)\/(.+)$/.exec(specifier);
  if (lib) return { to: `web/src/lib/${lib[1]}`, inside: true };
  if (specifier.startsWith('.')) return { to: path.posix.join(path.posix.dirname(from), specifier), inside: true };
  return { to: specifier, inside: false };
}

/** Every circle once, as the files it passes through. */
export function circles(imports: Import[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to, inside } of imports) if (inside) next.set(from, (next.get(from) ?? new Set()).add(to));
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const found: string[][] = [];
  const walk = (file: string): void => {
    state.set(file, 'open');
    trail.push(file);
    for (const to of next.get(file) ?? []) {
      if (state.get(to) === 'open') found.push([...trail.slice(trail.indexOf(to)), to]);
      else if (!state.has(to)) walk(to);
    }
    trail.pop();
    state.set(file, 'done');
  };
  for (const file of next.keys()) if (!state.has(file)) walk(file);
  return found;
}
