import { describe, expect, it } from 'vitest';
import { splitSource } from './read-source.ts';

describe('the source of a mail', () => {
  it('has headers until the first empty line', () => {
    const source = 'From: a@b.test\r\nSubject: x\r\n  y\r\n\r\nHello\r\n\r\nBye';
    expect(splitSource(source)).toEqual({
      headers: 'From: a@b.test\nSubject: x\n  y',
      text: 'From: a@b.test\nSubject: x\n  y\n\nHello\n\nBye',
    });
    expect(splitSource('Subject: only').headers).toBe('Subject: only');
  });
});
