// The JSON Schemas against the shipped playbooks and against the reader: what one takes the other takes.
import { readdirSync, readFileSync } from 'node:fs';
import { splitDocument } from '@rejoinder/playbook/document';
import { FaultList } from '@rejoinder/playbook/faults';
import { jsonSchemaOf } from '@rejoinder/playbook/json-schema';
import { type Located, readYaml } from '@rejoinder/playbook/located';
import { readPlaybook } from '@rejoinder/playbook/read';
import { vocabulary } from '@rejoinder/playbook/vocabulary';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../server/playbooks/', import.meta.url);
const shipped = readdirSync(folder).filter((name) => name.endsWith('.md'));
const schemas = new Map(
  vocabulary.blocks.map(({ kind, help, holds }) => [kind, Compile(jsonSchemaOf(kind, help, holds))]),
);

function blocksOf(text: string): { kind: string; line: number; body: string }[] {
  return splitDocument(text).parts.flatMap((part) => (part.at === 'rule' ? [part] : []));
}

function dataIn(body: string): unknown {
  const node = readYaml(body, 1, new FaultList());
  return node === null ? undefined : plain(node);
}

function plain(node: Located): unknown {
  if (node.is === 'scalar') return node.value;
  if (node.is === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
}

/** Every place of a block where a key could stand, as the line of a key and how far it is set in. */
function keyLines(body: string): number[] {
  return body.split('\n').flatMap((line, i) => (/^ {0,4}[a-z_]+: [^|>{[]/.test(line) ? [i] : []));
}

describe.each(shipped)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');

  it('[PB-17] meets the schema of every block it has', () => {
    for (const { kind, line, body } of blocksOf(text)) {
      const [, errors] = schemas.get(kind)?.Errors(dataIn(body)) ?? [false, ['no schema']];
      expect(errors, `${name}:${line} ${kind}`).toEqual([]);
    }
  });

  it('[PB-17] with a key nobody knows is refused by schema and reader alike', () => {
    for (const { kind, body } of blocksOf(text)) {
      for (const at of keyLines(body).slice(0, 3)) {
        const lines = body.split('\n');
        lines[at] = (lines[at] ?? '').replace(/[a-z_]+:/, 'zzz zzz:');
        const spoilt = lines.join('\n');
        expect(schemas.get(kind)?.Check(dataIn(spoilt)), `${kind}\n${spoilt}`).toBe(false);
        expect('faults' in readPlaybook(text.replace(body, spoilt)), `${kind}\n${spoilt}`).toBe(true);
      }
    }
  });
});
