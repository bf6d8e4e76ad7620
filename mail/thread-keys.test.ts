import { describe, expect, it } from 'vitest';
import { replySubject, subjectNumber, subjectWithNumber } from './thread-keys.ts';

describe('the number in a subject', () => {
  it.each([
    ['Re: [#12] Printer', 12],
    ['[#12] Fwd: [#7] Printer', 12],
    ['Printer #12', null],
    ['[12] Printer', null],
    ['[#0] Printer', null],
    ['[#99999999999999999999] Printer', null],
    ['', null],
  ])('%s', (subject, number) => {
    expect(subjectNumber(subject)).toBe(number);
  });

  it('is put in front once', () => {
    expect(subjectWithNumber('Printer', 12)).toBe('[#12] Printer');
    expect(subjectWithNumber('[#12] Printer', 12)).toBe('[#12] Printer');
    expect(replySubject('AW: Re: [#12] Printer', 12)).toBe('Re: [#12] Printer');
    expect(replySubject('Printer', null)).toBe('Re: Printer');
  });
});

describe('the subject of an answer', () => {
  it.each([
    ['Re: AW: SV[2]: The   Printer', 'Re: The   Printer'],
    ['Antw: WG: Rép : Printer', 'Re: Printer'],
    ['RE：Printer', 'Re: Printer'],
    ['Reprint: order', 'Re: Reprint: order'],
  ])('to %s', (subject, expected) => {
    expect(replySubject(subject, null)).toBe(expected);
  });

  it('takes bounded time for endless prefixes', () => {
    const before = performance.now();
    replySubject('Re: '.repeat(50_000), null);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
