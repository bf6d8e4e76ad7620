import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../authentication/look-ups.ts';
import { DNS_REST_MS } from '../limits.ts';
import { createNameServers, restful } from './name-servers.ts';

function failing(code: string) {
  const asked = { times: 0 };
  const ask = async (): Promise<never> => {
    asked.times += 1;
    throw Object.assign(new Error(code), { code });
  };
  return { asked, ask };
}

const dead = async () => false;

describe('name servers', () => {
  it('rest when they are silent, and are tried again by one question after a while', async () => {
    let now = 0;
    const { asked, ask } = failing('ETIMEOUT');
    const resolve = restful(ask, dead, () => now);
    for (let i = 0; i < 20; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    expect(asked.times).toBe(3);
    now = DNS_REST_MS + 1;
    for (let i = 0; i < 20; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    expect(asked.times).toBe(4);
  });

  it('do not rest because a name does not exist', async () => {
    const { asked, ask } = failing('ENOTFOUND');
    const resolve = restful(ask, dead, () => 0);
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
      dead,
      () => now,
    );
    for (let i = 0; i < 5; i += 1) await expect(resolve('a.example', 'TXT')).rejects.toThrow();
    isSilent = false;
    now = DNS_REST_MS + 1;
    expect(await resolve('a.example', 'TXT')).toEqual([['x']]);
    expect(await resolve('a.example', 'TXT')).toEqual([['x']]);
  });

  it('do not rest because names are silent that have nobody to answer for them', async () => {
    const holes: Resolve = async (name) => {
      if (name === 'shop.example') return [['x']];
      throw Object.assign(new Error('silent'), { code: 'ETIMEOUT' });
    };
    const resolve = restful(
      holes,
      async () => true,
      () => 0,
    );
    for (let i = 0; i < 20; i += 1) {
      await expect(resolve(`${i}.evil.example`, 'TXT')).rejects.toThrow();
    }
    expect(await resolve('shop.example', 'TXT')).toEqual([['x']]);
  });
});

describe('a name server that says nothing about some names', () => {
  const servers: Socket[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Refuses what it is asked, unless it is about `hole.example`: then it says nothing. */
  async function start(): Promise<string> {
    const server = createSocket('udp4');
    servers.push(server);
    server.on('message', (question, { port, address }) => {
      if (question.includes('hole')) return;
      const answer = Buffer.from(question);
      answer.writeUInt16BE(0x8185, 2);
      server.send(answer, port, address);
    });
    await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
    return `127.0.0.1:${server.address().port}`;
  }

  it('is asked on about all others', async () => {
    const resolve = createNameServers([await start()]);
    const holes = ['a', 'b', 'c'].map((one) => resolve(`${one}.hole.example`, 'TXT'));
    const silent = (await Promise.allSettled(holes)).map(({ status }) => status);
    expect(silent).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(resolve('shop.example', 'TXT')).rejects.toMatchObject({ code: 'EREFUSED' });
  });
});
