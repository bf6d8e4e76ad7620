import { expect, it } from 'vitest';
import { words } from '../i18n/en/index.ts';
import { serverWords } from './server-words.ts';

it('says what the words of other servers mean, and nothing where it does not know', () => {
  const of = (reason: string) => serverWords(reason, words);
  expect(of('connect ECONNREFUSED 127.0.0.1:25')).toBe(words.mails.problems.faults.refused);
  expect(of('550 5.1.1 no such user here')).toBe(words.mails.problems.faults.nobody);
  expect(of('452 4.2.2 mailbox full')).toBe(words.mails.problems.faults.full);
  expect(of('554 that is not for us')).toBeNull();
  expect(serverWords(null, words)).toBeNull();
});
