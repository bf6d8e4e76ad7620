import { describe, expect, it } from 'vitest';
import { DNS_REST_MS } from '../limits.ts';
import { restful } from './name-servers.ts';

function failing(code: string) {
  const asked = { times: 0 };
  const ask = async (): Promise<never> => {
    asked.times += 1;
    throw Object.assign(new Error(code), { code });
  };
  return { asked, ask };
}

describe('name servers', () => {
  it('rest when they are silent, and are tried again by one question after a while', async () => {
    let now = 0;
    const { asked, ask } = failing('ETIMEOUT');
    const resolve = restful(ask, () => now);
    for (let i = 0; i < 20; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    expect(asked.times).toBe(3);
    now = DNS_REST_MS + 1;
    for (let i = 0; i < 20; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    expect(asked.times).toBe(4);
  });

  it('do not rest because a name does not exist', async () => {
    const { asked, ask } = failing('ENOTFOUND');
    const resolve = restful(ask, () => 0);
    for (let i = 0; i < 20; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    expect(asked.times).toBe(20);
  });

  it('are asked as ever once one has answered', async () => {
    let now = 0;
    let isSilent = true;
    const resolve = restful(
      async () => {
        if (isSilent) throw Object.assign(new Error('silent'), { code: 'ETIMEOUT' });
        return [['x']];
      },
      () => now,
    );
    for (let i = 0; i < 5; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    isSilent = false;
    now = DNS_REST_MS + 1;
    expect(await resolve('a.example', 'TXT')).toEqual([['x']]);
    expect(await resolve('a.example', 'TXT')).toEqual([['x']]);
  });
});
