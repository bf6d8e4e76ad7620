import { expect, test } from 'vitest';

import { unstorableField, validationRefusal } from './validation.ts';

test('a text that cannot be stored is found wherever it hides', () => {
  expect(unstorableField({ a: ['x', { b: 'y\0' }] })).toBe('a.1.b');
  expect(unstorableField({ a: '\udc00' })).toBe('a');
  expect(unstorableField({ 'a\0': 1 })).not.toBeNull();
  expect(unstorableField({ a: 'gr\u00fc\u00df \ud83d\ude00', b: null, c: 1 })).toBeNull();
});

test('a body as deep as its parser allows costs no stack', () => {
  let deep: unknown = 'x';
  for (let level = 0; level < 200_000; level += 1) deep = [deep];
  expect(unstorableField(deep)).toBeNull();
});

test('every mistake of a body is named, and a path that can be no id is not there', () => {
  const errors = [
    { keyword: 'additionalProperties', instancePath: '/then', params: { additionalProperty: 'x' } },
    { keyword: 'required', instancePath: '', params: { missingProperty: 'text' } },
    { keyword: 'type', instancePath: '/cc/0', params: {}, message: 'must be string' },
  ].map((error) => ({ schemaPath: '', ...error }));
  const refusal = validationRefusal(errors, 'body');
  expect(refusal.message).toBe(
    'unknown body field "then.x"; body field "text" is missing; ' +
      'body field "cc.0" must be string.',
  );
  expect(validationRefusal(errors, 'params').code).toBe('not_found');
});
