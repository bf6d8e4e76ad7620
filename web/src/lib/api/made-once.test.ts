import { expect, it } from 'vitest';

import { ApiError, NO_ANSWER } from './api-error.ts';
import { MadeOnce } from './made-once.ts';

/** A server that answers so, one after the other, and what it was asked. */
function server(...answers: (ApiError | 'made')[]) {
  const asked: [string, string][] = [];
  const call = (body: string, key: string) => {
    asked.push([body, key]);
    const answer = answers.shift() ?? 'made';
    return answer === 'made' ? Promise.resolve(answer) : Promise.reject(answer);
  };
  return { asked, call };
}

const refusedWith = (status: number) => new ApiError({ ...NO_ANSWER, code: 'x', status });

it('what had no answer is asked again as it was, whatever was typed meanwhile', async () => {
  const { asked, call } = server(new ApiError(NO_ANSWER), refusedWith(503));
  const once = new MadeOnce<string>();
  await expect(once.make('first', call)).rejects.toThrow(ApiError);
  await expect(once.make('second', call)).rejects.toThrow(ApiError);
  expect(await once.make('third', call)).toEqual({ made: 'made', of: 'first' });
  expect(asked.map(([body]) => body)).toEqual(['first', 'first', 'first']);
  expect(new Set(asked.map(([, key]) => key)).size).toBe(1);
});

it('what was refused is another try once it is mended', async () => {
  const { asked, call } = server(refusedWith(400));
  const once = new MadeOnce<string>();
  await expect(once.make('first', call)).rejects.toThrow(ApiError);
  expect(await once.make('mended', call)).toEqual({ made: 'made', of: 'mended' });
  expect(new Set(asked.map(([, key]) => key)).size).toBe(2);
});
