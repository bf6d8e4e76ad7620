import { Type } from '@fastify/type-provider-typebox';

/** One of these words. A mistake is answered with all of them. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] });
}
