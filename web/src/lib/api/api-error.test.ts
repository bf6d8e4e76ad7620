import { describe, expect, it } from 'vitest';
import { isErrorCode, statusOf } from '../../../../domain/errors.ts';
import { english, swedish } from '../../../tests/speech.ts';
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

describe('every code of the API', () => {
  const codes = Object.keys(statusOf).filter(isErrorCode);
  const bare = { said: '', owner: null, state: null, threat: null, max: null, fields: [] };

  it.each(codes)('has a sentence in both languages without the words of the server: %s', (code) => {
    const [inEnglish, inSwedish] = [english, swedish].map(({ t }) =>
      t.problems.byCode[code]({ ...bare, request: '' }),
    );
    expect(inEnglish).toMatch(/^\p{Lu}.+\.$/u);
    expect(inSwedish).toMatch(/^\p{Lu}.+\.$/u);
    expect(inSwedish).not.toBe(inEnglish);
  });

  it.each(codes)('is told in Swedish without the English of the server: %s', (code) => {
    const said = 'Some wholly unknown words.';
    const extras = { errors: [{ field: 'name', problem: said }] };
    const error = new ApiError(problemFrom(statusOf[code], { code, detail: said, ...extras }));
    expect(sentence(error, swedish)).not.toContain('unknown words');
  });

  it.each([
    ['body field "to": "bob" is not a mail address.', '”bob” är ingen e-postadress.'],
    ['body field "name" must NOT have more than 80 characters.', /högst 80 tecken/],
    ['body field "text" must match pattern "\\S".', 'Det är tomt. Skriv något.'],
    ['The message is empty; write something or attach a file.', /^Mejlet är tomt/],
  ])('says in Swedish why it is not accepted: %s', (detail, words) => {
    const error = new ApiError(problemFrom(400, { code: 'validation', detail }));
    expect(sentence(error, swedish)).toMatch(words);
  });
});
