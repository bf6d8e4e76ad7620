import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { ApiError, nameIn, problemFrom, sentence } from './api-error.ts';

describe('a refused call', () => {
  it('keeps code, sentence and facts of a problem document', () => {
    const problem = problemFrom(
      409,
      {
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        code: 'already_claimed',
        detail: 'Anna claimed ticket 7.',
        requestId: 'r-1',
        owner: { id: 'a', name: 'Anna Berg' },
      },
      null,
    );
    const error = new ApiError(problem);
    expect(error).toMatchObject({ code: 'already_claimed', status: 409, requestId: 'r-1' });
    expect(sentence(error, english)).toBe('Anna claimed ticket 7.');
    expect(nameIn(error, 'owner')).toBe('Anna Berg');
  });

  it('never shows what a broken server said, but the request id', () => {
    const error = new ApiError(problemFrom(502, '<html>Bad gateway</html>', 'r-2'));
    expect(error.code).toBe('http_502');
    expect(sentence(error, english)).toContain('Request r-2');
    expect(sentence(error, english)).not.toContain('html');
  });

  it('says that what was typed is kept when there was no answer', () => {
    const offline = { code: 'offline', status: 0, detail: '', requestId: null, extras: {} };
    expect(sentence(new ApiError(offline), english)).toContain('What you typed is kept');
  });
});
