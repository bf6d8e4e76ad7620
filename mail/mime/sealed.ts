/** Kinds of parts that only a key can open, or that only prove who wrote the mail. */
const NOTES: readonly (readonly [RegExp, string])[] = [
  [
    /^application\/(?:x-)?pkcs7-mime$/,
    'This mail is sealed with S/MIME: its content is in the attached file, and needs the key.',
  ],
  [
    /^application\/pgp-encrypted$/,
    'This mail is encrypted with PGP: its content is in the attached file, and needs the key.',
  ],
];

/** What to tell about a part that cannot be shown; null for any other. */
export function sealedNote(type: string): string | null {
  return NOTES.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}
