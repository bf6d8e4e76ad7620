import { describe, expect, it } from 'vitest';
import { splitQuote } from './quote.ts';

describe('the splitter of replies', () => {
  it('folds a quotation without introduction', () => {
    expect(splitQuote('Yes.\n\n> Are you sure?\n')).toEqual({
      replyText: 'Yes.',
      quotedText: '> Are you sure?',
    });
  });

  it('joins an introduction over several lines', () => {
    const text =
      'Yes.\n\nOn Tuesday, 18 November 2025 at 10:00,\nAcme Support\n<s@acme.test> wrote:\n> Sure?';
    expect(splitQuote(text).replyText).toBe('Yes.');
  });

  it('folds what follows an introduction with time or address, marked or not', () => {
    expect(
      splitQuote('Yes.\n\nBo Ek <bo@b.example> schrieb am 18.11.2025:\n\nSicher?').replyText,
    ).toBe('Yes.');
    expect(splitQuote('Hi.\n\nOn 3 May the customer wrote:\nplease help').quotedText).toBe('');
  });

  it('takes no sentence for an introduction', () => {
    for (const text of [
      'John wrote: it is the cable.\nI think so too.',
      'From: the beginning it was broken.\nTo: be honest.',
      'On Monday I wrote:\nplease come.',
    ]) {
      expect(splitQuote(text)).toEqual({ replyText: text, quotedText: '' });
    }
  });

  it('shows a forwarded mail whole, by its mark or by its subject', () => {
    const outlook = 'See below.\n\nFrom: Eve\nSent: Monday\nTo: Bo\nSubject: Cable\n\nBroken.';
    expect(splitQuote(outlook, 'FW: Cable').quotedText).toBe('');
    expect(splitQuote(outlook, 'RE: Cable').quotedText).toContain('Broken.');
    expect(splitQuote('Look:\n\nBegin forwarded message:\n\nFrom: Eve').quotedText).toBe('');
  });

  it('finds the answer below a quotation on top', () => {
    expect(splitQuote('> Sure?\n> Really?\n\nYes.\n')).toEqual({
      replyText: 'Yes.',
      quotedText: '> Sure?\n> Really?',
    });
  });

  it('keeps all answers between quoted lines, and folds only what follows the last', () => {
    const text = '> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Regards';
    expect(splitQuote(text)).toEqual({
      replyText: '> One?\n\nYes.\n\n> Two?\n\nNo.',
      quotedText: '> Regards',
    });
  });

  it('takes bounded time', () => {
    for (const text of [
      `<${'a@'.repeat(500_000)}`,
      'On 1 <a@b> \n'.repeat(15_000),
      'From: a\n'.repeat(19_000),
      '> a\nb\n'.repeat(9_000),
      ' '.repeat(1_000_000),
      '\n'.repeat(1_000_000),
      `On ${'wrote '.repeat(80)}\n`.repeat(10_000),
    ]) {
      const before = performance.now();
      splitQuote(text);
      expect(performance.now() - before).toBeLessThan(1_500);
    }
  });
});
