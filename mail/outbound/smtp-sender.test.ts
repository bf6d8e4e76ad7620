import { type Server, type Socket, createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SendLimits, SEND_LIMITS, createSmtpSender } from './smtp-sender.ts';

/** How the sink answers; each may be overridden. A null answer hangs up. */
interface Behaviour {
  greeting?: string | null;
  ehlo?: string;
  mail?: string;
  rcpt?: (address: string) => string;
  data?: string;
  /** After the final dot: an answer, null to hang up, 'silence' to say nothing. */
  end?: string | null;
  /** Hang up after so many bytes of data. */
  cutAfterBytes?: number;
  /** Answer after so many bytes of data, before its end. */
  earlyAnswer?: string;
}

interface Sink {
  port: number;
  /** The data of each mail whose final dot came. */
  taken: string[];
  /** The data that came so far in the mail under way. */
  soFar: () => string;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function startSink(behaviour: Behaviour = {}): Promise<Sink> {
  const taken: string[] = [];
  let data = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket, behaviour, taken, (text) => {
      data = text;
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { port: address.port, taken, soFar: () => data };
}

function serve(
  socket: Socket,
  behaviour: Behaviour,
  taken: string[],
  note: (text: string) => void,
): void {
  let buffer = '';
  let isData = false;
  let accepted = 0;
  const say = (line: string | null): void => {
    if (line === null) socket.destroy();
    else if (line !== 'silence') socket.write(`${line}\r\n`);
  };
  const onLine = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') say(behaviour.ehlo ?? '250-sink\r\n250-PIPELINING\r\n250 8BITMIME');
    else if (verb === 'MAIL') say(behaviour.mail ?? '250 ok');
    else if (verb === 'RCPT') {
      const answer = behaviour.rcpt?.(/<(.*)>/.exec(line)?.[1] ?? '') ?? '250 ok';
      if (answer.startsWith('2')) accepted += 1;
      say(answer);
    } else if (verb === 'DATA' && accepted === 0) say('503 no recipient');
    else if (verb === 'DATA') {
      isData = (behaviour.data ?? '354 go').startsWith('354');
      say(behaviour.data ?? '354 go');
    } else if (verb === 'QUIT') say('221 bye');
    else say('500 what');
  };
  const onData = (): void => {
    note(buffer);
    if (buffer.length > (behaviour.cutAfterBytes ?? Infinity)) return void socket.destroy();
    if (behaviour.earlyAnswer !== undefined) say(behaviour.earlyAnswer);
    const end = buffer.indexOf('\r\n.\r\n');
    if (end < 0) return;
    taken.push(buffer.slice(0, end));
    buffer = '';
    isData = false;
    say(behaviour.end === undefined ? '250 2.0.0 queued as 7' : behaviour.end);
  };
  say(behaviour.greeting === undefined ? '220 sink' : behaviour.greeting);
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (let end = buffer.indexOf('\r\n'); !isData && end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      onLine(line);
    }
    if (isData && buffer !== '') onData();
  });
}

const MAIL = `From: a@acme.test\r\nSubject: Hi\r\n\r\n${'Hello\r\n'.repeat(500)}.dot\r\nthe end`;
const QUICK: SendLimits = { connectMs: 400, greetingMs: 400, idleMs: 400, totalMs: 1_500 };

function send(
  port: number,
  { to = ['bo@b.example'], onHandingOver = async () => undefined, raw = MAIL } = {},
  limits: SendLimits = QUICK,
) {
  return createSmtpSender(`smtp://127.0.0.1:${port}`, limits).sendOnce({
    envelope: { from: 'support@acme.test', to },
    raw: Buffer.from(raw),
    onHandingOver,
  });
}

describe('one attempt to send a mail', () => {
  it('is sent when the server says so, in the server’s words', async () => {
    const sink = await startSink();
    expect(await send(sink.port)).toEqual({
      outcome: 'sent',
      response: '250 2.0.0 queued as 7',
      code: 250,
      rejected: [],
    });
    expect(sink.taken).toEqual([MAIL.replace('\r\n.dot', '\r\n..dot')]);
  });

  it('notes the hand-over before the end of the mail leaves', async () => {
    const sink = await startSink();
    let seen = 'nothing';
    await send(sink.port, {
      onHandingOver: async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
        seen = sink.soFar();
        expect(sink.taken).toEqual([]);
      },
    });
    expect(seen).toContain('Hello');
    expect(seen).not.toContain('the end');
    expect(sink.taken).toHaveLength(1);
  });

  it('sends nothing when the hand-over cannot be noted', async () => {
    const sink = await startSink();
    const result = await send(sink.port, {
      onHandingOver: () => Promise.reject(new Error('no database')),
    });
    expect(result).toMatchObject({ outcome: 'deferred', code: null });
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(sink.taken).toEqual([]);
  });

  it.each<[string, Behaviour]>([
    ['the server is busy at the greeting', { greeting: '421 busy' }],
    ['the server refuses everyone', { greeting: '554 no service' }],
    ['the server hangs up at once', { greeting: null }],
    ['the server never greets', { greeting: 'silence' }],
    ['the sender is refused for now', { mail: '451 later' }],
    ['the recipient is greylisted', { rcpt: () => '450 4.2.0 greylisted' }],
    ['the data is refused for now', { data: '451 later' }],
    ['the connection breaks within the data', { cutAfterBytes: 100 }],
    ['the server closes within the data', { earlyAnswer: '421 closing' }],
    ['the server says yes before the end', { earlyAnswer: '250 ok' }],
    ['the mail is refused for now after its end', { end: '452 no space' }],
  ])('is deferred when %s', async (_title, behaviour) => {
    const sink = await startSink(behaviour);
    const hold = behaviour.earlyAnswer !== undefined || behaviour.cutAfterBytes !== undefined;
    const onHandingOver = () =>
      new Promise<undefined>((resolve) => {
        setTimeout(() => resolve(undefined), hold ? 200 : 0);
      });
    expect((await send(sink.port, { onHandingOver })).outcome).toBe('deferred');
    if (hold) expect(sink.taken).toEqual([]);
  });

  it.each<[string, Behaviour, string]>([
    ['the sender is', { mail: '550 5.7.1 not you' }, '550 5.7.1 not you'],
    ['every recipient is', { rcpt: () => '550 5.1.1 unknown' }, '550 5.1.1 unknown'],
    ['the data is', { data: '554 no' }, '554 no'],
    ['the content is', { end: '552 5.2.3 too large' }, '552 5.2.3 too large'],
    ['its size is', { ehlo: '250-sink\r\n250 SIZE 100' }, ''],
  ])('fails when %s refused for good', async (_title, behaviour, words) => {
    const sink = await startSink(behaviour);
    const result = await send(sink.port);
    expect(result.outcome).toBe('failed');
    expect(result.response).toContain(words);
  });

  it('is uncertain when no answer follows the end of the mail', async () => {
    for (const end of [null, 'silence', 'what?']) {
      const sink = await startSink({ end });
      expect((await send(sink.port)).outcome, String(end)).toBe('uncertain');
      expect(sink.taken).toHaveLength(1);
    }
  });

  it('is sent when only some recipients are refused, and names those', async () => {
    const sink = await startSink({
      rcpt: (address) => (address === 'x@b.example' ? '550 5.1.1 unknown' : '250 ok'),
    });
    const result = await send(sink.port, { to: ['bo@b.example', 'x@b.example'] });
    expect(result).toMatchObject({
      outcome: 'sent',
      rejected: [{ address: 'x@b.example', response: '550 5.1.1 unknown' }],
    });
  });

  it('is deferred when one recipient may be tried again and nobody was accepted', async () => {
    const sink = await startSink({
      rcpt: (address) => (address === 'x@b.example' ? '550 unknown' : '451 later'),
    });
    const result = await send(sink.port, { to: ['bo@b.example', 'x@b.example'] });
    expect(result).toMatchObject({ outcome: 'deferred', code: 451 });
  });

  it('is deferred when nobody listens, and never hands over', async () => {
    const sink = await startSink();
    for (const server of servers.splice(0)) server.close();
    const onHandingOver = vi.fn(async () => undefined);
    expect(await send(sink.port, { onHandingOver })).toMatchObject({ outcome: 'deferred' });
    expect(onHandingOver).not.toHaveBeenCalled();
  });

  it('ends in bounded time against a server that drips', async () => {
    const sink = await startSink({ ehlo: '250-a' });
    const drip = setInterval(() => {
      for (const socket of sockets) socket.write('250-a\r\n');
    }, 100);
    const before = performance.now();
    expect((await send(sink.port)).outcome).toBe('deferred');
    expect(performance.now() - before).toBeLessThan(2_500);
    clearInterval(drip);
  });

  it('fails for an address that would break the dialogue', async () => {
    const sink = await startSink();
    expect(await send(sink.port, { to: ['a@b>\r\nDATA'] })).toMatchObject({ outcome: 'failed' });
  });

  it('sends large mails whole', async () => {
    const sink = await startSink();
    const raw = `Subject: big\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(20_000)}`;
    expect((await send(sink.port, { raw }, SEND_LIMITS)).outcome).toBe('sent');
    expect(sink.taken[0]?.length).toBe(raw.length - 2);
  });
});

describe('the limits of an attempt', () => {
  it('sum up to less than the lease of four minutes', () => {
    const { connectMs, greetingMs, idleMs, totalMs } = SEND_LIMITS;
    expect(connectMs + greetingMs + idleMs).toBeLessThan(4 * 60_000);
    expect(totalMs).toBeLessThan(4 * 60_000);
  });
});
