import { describe, expect, it } from 'vitest';
import { assertNever, isErrorCode, refused, RefusedError, statusOf } from './errors.ts';

describe('refusals', () => {
  it('are known by their code, and by nothing that every object has', () => {
    for (const code of Object.keys(statusOf)) expect(isErrorCode(code)).toBe(true);
    for (const other of ['toString', '__proto__', '', 404, null, undefined]) {
      expect(isErrorCode(other)).toBe(false);
    }
  });

  it('have an HTTP status that says whose fault it is', () => {
    for (const status of Object.values(statusOf)) expect(status).toBeGreaterThanOrEqual(400);
    expect(statusOf).toMatchObject({
      validation: 400,
      not_found: 404,
      already_claimed: 409,
      too_late: 409,
      news: 409,
      too_large: 413,
      type_not_allowed: 415,
      date_in_past: 422,
      idempotency_mismatch: 422,
      rate_limited: 429,
      unavailable: 503,
    });
  });

  it('cross a call stack with their code and facts', () => {
    const error = refused('news', 'Something new came in.', { items: ['3'] });
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.message).toBe('Something new came in.');
    expect(error.refusal).toEqual({
      code: 'news',
      message: 'Something new came in.',
      details: { items: ['3'] },
    });
    expect(refused('news', 'x').refusal).toEqual({ code: 'news', message: 'x' });
  });

  it('are not what a value is that nobody foresaw', () => {
    const speak = (word: 'yes') => (word === 'yes' ? 'no' : assertNever(word));
    expect(() => speak(JSON.parse('"else"'))).toThrow('unexpected value "else"');
  });
});
