import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forgetLocal, keepFor, keepLocal, keptLocal, type LocalDraft } from './local-draft.ts';

const draft: LocalDraft = {
  ...{ html: '<p>Half a thought</p>', note: '', to: null, cc: [], bcc: ['boss@acme.test'] },
  ...{ mode: 'reply', base: null },
};

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('keeps what an agent left unsent from whoever signs in next, and for their return', () => {
  keepFor('anna');
  keepLocal(7, draft);
  keepFor('bo');
  expect(keptLocal(7)).toBeNull();
  forgetLocal(7);
  keepFor('anna');
  expect(keptLocal(7)).toEqual(draft);
});

it('goes on without a storage', () => {
  vi.stubGlobal('localStorage', undefined);
  keepFor('anna');
  keepLocal(7, draft);
  expect(keptLocal(7)).toBeNull();
});
