import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAutomatic } from './automatic.ts';
import { readBounce } from './bounce.ts';
import { contentKey } from './content-key.ts';
import { inMemory } from './mime/stored-part.ts';
import { parseMail, readMail } from './parse.ts';

const FOLDER = new URL('../tests/fixtures/mail/', import.meta.url);
const CORPUS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(name, FOLDER)));

/** What breaks parsers: cuts, repetitions, other bytes, and the marks of MIME at wrong places. */
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(200) }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), length: fc.nat(200) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .constantFrom(
          '\r\n',
          '\n\n',
          '\0',
          '--B/1',
          '=?utf-8?Q?',
          '>',
          '<',
          'charset=',
          '\r\n.\r\n',
        )
        .map((text) => Buffer.from(text)),
    ),
  }),
);
const mutated = fc
  .tuple(fc.constantFrom(...CORPUS), fc.array(mutation, { maxLength: 8 }))
  .map(([mail, mutations]) => mutations.reduce(mutate, mail));

type Mutation = typeof mutation extends fc.Arbitrary<infer One> ? One : never;

function mutate(mail: Buffer, change: Mutation): Buffer {
  const at = mail.length === 0 ? 0 : change.at % mail.length;
  const before = mail.subarray(0, at);
  switch (change.kind) {
    case 'cut':
      return Buffer.concat([before, mail.subarray(at + change.length)]);
    case 'repeat':
      return Buffer.concat([before, mail.subarray(at, at + change.length), mail.subarray(at)]);
    case 'insert':
      return Buffer.concat([before, change.bytes, mail.subarray(at)]);
  }
}

describe('a broken mail', () => {
  it('is always read into clean values, never into an error', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (raw) => {
        const { headers, attachments, ...body } = await parseMail(raw);
        readBounce(body, headers, { from: '' });
        readAutomatic(headers, { from: null });
        contentKey(raw, headers);
        const { raw: fields, ...values } = headers;
        const files = attachments.map(({ content: _content, ...file }) => file);
        const kept = JSON.stringify([values, [...fields], body, files]);
        expect(kept).not.toContain('\\u0000');
        expect(kept).not.toMatch(/\\ud[89a-f]/);
        expect(files.every(({ filename }) => filename !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('is the same mail in whatever pieces it comes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(mutated, sizes, async (raw, lengths) => {
        expect(await readMail(inPieces(raw, lengths), inMemory)).toEqual(await parseMail(raw));
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

/** Pieces of these lengths, over and over. */
async function* inPieces(raw: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let count = 0; at < raw.length; count += 1) {
    const end = at + (lengths[count % lengths.length] ?? 1);
    yield raw.subarray(at, end);
    at = end;
  }
}
