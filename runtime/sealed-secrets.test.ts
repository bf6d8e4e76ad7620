import { describe, expect, it } from 'vitest';

import { createSealer, SealError } from './sealed-secrets.ts';

const sealer = createSealer('the secret of the desk');
const PLACE = 'acme/box/in/secret';

describe('a sealed secret', () => {
  it('opens where it was sealed for, and shows nothing of itself', () => {
    const sealed = sealer.seal('pässword', PLACE);
    expect(sealer.open(sealed, PLACE)).toBe('pässword');
    expect(sealed).toMatch(/^v1\.[0-9a-f]{12}\.[\w-]{16}\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString()).not.toContain('word');
  });

  it('is another text each time', () => {
    expect(sealer.seal('same', PLACE)).not.toBe(sealer.seal('same', PLACE));
  });

  it('opens in no other place, so that a row cannot be given the secret of another', () => {
    const sealed = sealer.seal('password', PLACE);
    expect(() => sealer.open(sealed, 'globex/box/in/secret')).toThrow(SealError);
  });

  it('does not open once a letter of it has changed', () => {
    const sealed = sealer.seal('password', PLACE);
    const [form, id, nonce, locked = ''] = sealed.split('.');
    const bytes = Buffer.from(locked, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      const text = [form, id, nonce, changed.toString('base64url')].join('.');
      expect(() => sealer.open(text, PLACE)).toThrow(SealError);
    }
    expect(() => sealer.open('v1', PLACE)).toThrow(SealError);
    expect(() => sealer.open(`v2${sealed.slice(2)}`, PLACE)).toThrow(/not v1/);
  });

  it('opens after the key was changed while the old secret is given, and is told apart', () => {
    const sealed = sealer.seal('password', PLACE);
    const changed = createSealer('a new secret', ['another', 'the secret of the desk']);
    expect(changed.open(sealed, PLACE)).toBe('password');
    expect(changed.isCurrent(sealed)).toBe(false);
    expect(changed.isCurrent(changed.seal('password', PLACE))).toBe(true);
    expect(() => createSealer('a new secret').open(sealed, PLACE)).toThrow(/POSTKEEP_OLD_SECRETS/);
  });
});
