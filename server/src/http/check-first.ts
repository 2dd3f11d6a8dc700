// Checks what a route is given: parts of an address are text already, so they are converted only where they do not fit as they are.
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

type Compiler = typeof TypeBoxValidatorCompiler;

/** Converting walks the schema anew for every request, which costs ten times the check. */
export const checkFirst: Compiler = (route) => {
  const convertAndCheck = TypeBoxValidatorCompiler(route);
  if (route.httpPart !== 'params') return convertAndCheck;
  const shape = Compile(route.schema as TSchema);
  return (value: unknown) => (shape.Check(value) ? { value } : convertAndCheck(value));
};
