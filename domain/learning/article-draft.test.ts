import { describe, expect, it } from 'vitest';

import { draftArticle } from './article-draft.ts';
import type { SolvedConversation } from './article-draft.ts';
import { matterOf } from './letter-matter.ts';

const english: SolvedConversation = {
  subject: 'Re: [#42] Wash the linen shade',
  question:
    'Dear support team,\n\nhow do I wash the linen shade of order 100234? It came to\n' +
    '12 Old Mill Lane, Bristol BS1 4ST.\n\nKind regards\nEleanor Hughes\n020 7946 0958',
  answers: [
    'Hi Eleanor,\n\nthis is how:\n\n * Wash it by hand\n * Let it dry\n\n' +
      'See https://shop.test/care?from=mail\n\nBest regards,\nBo Ek\nAcme Lamps, Box 12',
    'You are welcome!\n\nBo',
  ],
  people: {
    names: ['Eleanor Hughes', 'Bo Ek'],
    addresses: ['eleanor@brightmail.test', 'bo@acme.test'],
  },
  own: { addresses: ['support@acme.test'], links: ['https://acme.test/help/'] },
  language: 'en',
};

describe('a draft of an article', () => {
  it('has the question, the answers and nobody', () => {
    expect(draftArticle(english)).toEqual({
      title: 'Wash the linen shade',
      body:
        '> How do I wash the linen shade of order [number]? It came to\n> [address].\n\n' +
        'This is how:\n\n- Wash it by hand\n- Let it dry\n\nSee https://shop.test/care',
      language: 'en',
      masked: 2,
    });
  });

  it('is made of Swedish mail as well', () => {
    const draft = draftArticle({
      ...english,
      subject: 'SV: Fråga',
      question:
        'Hej!\n\nMin lampa, ordernummer 4711, blinkar. Hur byter jag lysröret?\n\n' +
        'Med vänliga hälsningar\nÅsa Lindqvist\nBjörkvägen 3\n111 27 Stockholm\n070-123 45 67',
      answers: ['Hej Åsa!\n\n1. Dra ur sladden\n2) Vrid röret\n\nVänliga hälsningar,\nBo'],
      people: { names: ['Åsa Lindqvist', 'Bo Ek'], addresses: ['asa@post.test'] },
      language: 'sv',
    });
    expect(draft).toEqual({
      title: 'Hur byter jag lysröret?',
      body:
        '> Min lampa, ordernummer [nummer], blinkar. Hur byter jag lysröret?\n\n' +
        '1. Dra ur sladden\n2. Vrid röret',
      language: 'sv',
      masked: 1,
    });
  });

  it('shows signs of Markdown as they were written, and keeps lines', () => {
    const { body } = draftArticle({
      ...english,
      question: '',
      answers: ['# 1 is a label\nPress *twice*, then `a_b` <b>now</b>\nand wait'],
    });
    expect(body).toBe(
      '\\# 1 is a label  \nPress \\*twice\\*, then \\`a\\_b\\` <b>now</b>  \nand wait',
    );
  });

  it('is empty where nobody wrote anything', () => {
    const nothing = { ...english, subject: '', question: '', answers: [] };
    expect(draftArticle(nothing)).toEqual({ title: '', body: '', language: 'en', masked: 0 });
  });
});

describe('the matter of a letter', () => {
  it.each([
    ['Hello, it broke. Thanks, Nell', 'It broke. Thanks, Nell'],
    ['Hi there\nit broke\nthanks\nNell', 'It broke'],
    ['It broke.\n-- \nNell\nBristol', 'It broke.'],
    ['Det gick sönder.\nMvh Åsa', 'Det gick sönder.'],
    [
      'Thanks for writing.\n\n1. Open it\n2. Close it',
      'Thanks for writing.\n\n1. Open it\n2. Close it',
    ],
    [
      'Thank you!\n\nNow it works. How do I clean it?',
      'Thank you!\n\nNow it works. How do I clean it?',
    ],
    ['> What?\nThat.', 'That.'],
    ['Det är en fråga\nSkickat från min iPhone', 'Det är en fråga'],
  ])('%j', (letter, matter) => {
    expect(matterOf(letter)).toBe(matter);
  });
});
