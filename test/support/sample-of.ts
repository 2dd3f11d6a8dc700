// The least value a schema allows, so that a request passes its shape and is judged by what stands behind it.
import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';

type Loose = TSchema & Record<string, unknown>;

/** @throws when what it makes is not allowed: then the schema asks for something this does not know */
export function sampleOf(schema: TSchema): unknown {
  const value = make(schema as Loose);
  if (!Check(schema, value)) throw new Error(`no sample for ${JSON.stringify(schema)}: tried ${JSON.stringify(value)}`);
  return value;
}

function make(schema: Loose): unknown {
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.anyOf)) return make(schema.anyOf[0] as Loose);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Record<string, Loose>;
      const required = (schema.required ?? []) as string[];
      return Object.fromEntries(required.map((key) => [key, make(properties[key] ?? ({} as Loose))]));
    }
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => make(schema.items as Loose));
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function text({ format, pattern, minLength }: Loose): string {
  if (format === 'email') return 'nobody@test.example';
  if (format === 'date-time') return '2026-03-02T09:00:00.000Z';
  const tries = [
    'a'.repeat(Number(minLength ?? 1)),
    'room_1',
    '2026-03-02T09:00:00.000Z',
    '2026-03-02',
    '1',
    '09:00',
    'a'.repeat(64),
  ];
  return tries.find((each) => typeof pattern !== 'string' || new RegExp(pattern).test(each)) ?? '';
}
