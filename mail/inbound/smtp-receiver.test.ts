import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmtpDialogue, openSmtpDialogue } from '../testing/smtp-dialogue.ts';
import {
  type MailArrival,
  type SmtpReceiver,
  type SmtpReceiverOptions,
  createSmtpReceiver,
} from './smtp-receiver.ts';

const SIZE_MAX = 20_000;
const MAIL = 'From: a@b.example\r\nSubject: Hi\r\n\r\nHello\r\n..dot\r\n';

const receivers: SmtpReceiver[] = [];
const dialogues: SmtpDialogue[] = [];
afterEach(async () => {
  for (const dialogue of dialogues.splice(0)) dialogue.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function start(options: Partial<SmtpReceiverOptions> = {}) {
  const arrivals: MailArrival[] = [];
  const receiver = createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    sizeMaxBytes: SIZE_MAX,
    isRecipient: async (address) => address.endsWith('@acme.test'),
    take: async (arrival) => void arrivals.push(arrival),
    logger: pino({ level: 'silent' }),
    ...options,
  });
  const { port } = await receiver.start();
  receivers.push(receiver);
  const open = async (hello?: string) => {
    const dialogue = await openSmtpDialogue(port, hello);
    dialogues.push(dialogue);
    return dialogue;
  };
  return { arrivals, receiver, port, open };
}

async function envelope(smtp: SmtpDialogue, ...recipients: string[]): Promise<void> {
  expect(await smtp.say('MAIL FROM:<A@b.example>')).toMatch(/^250/);
  for (const recipient of recipients) {
    expect(await smtp.say(`RCPT TO:<${recipient}>`)).toMatch(/^250/);
  }
  expect(await smtp.say('DATA')).toMatch(/^354/);
}

describe('the SMTP receiver', () => {
  it('hands on the mail with its envelope and then says 250', async () => {
    const { arrivals, open } = await start();
    const smtp = await open();
    await envelope(smtp, 'Support@acme.test', 'sales@ACME.test', 'support@acme.test');
    expect(await smtp.say(`${MAIL}.`)).toMatch(/^250 /);
    expect(arrivals).toHaveLength(1);
    expect(arrivals[0]?.raw.toString()).toBe(MAIL.replace('..dot', '.dot'));
    expect(arrivals[0]?.envelope).toEqual({
      from: 'a@b.example',
      to: ['support@acme.test', 'sales@acme.test'],
      heloName: 'client.example',
      remoteAddress: '127.0.0.1',
    });
  });

  it('answers only after the mail is stored, and 451 when it cannot be', async () => {
    let stored = (): void => undefined;
    const { open } = await start({
      take: () =>
        new Promise((resolve) => {
          stored = resolve;
        }),
    });
    const smtp = await open();
    await envelope(smtp, 'support@acme.test');
    smtp.write(`${MAIL}.\r\n`);
    const answer = smtp.reply();
    expect(await Promise.race([answer, tick(100)])).toBe('nothing');
    stored();
    expect(await answer).toMatch(/^250 /);

    const failing = await start({ take: () => Promise.reject(new Error('disk full')) });
    const again = await failing.open();
    await envelope(again, 'support@acme.test');
    const refusal = await again.say(`${MAIL}.`);
    expect(refusal).toMatch(/^451 /);
    expect(refusal).not.toContain('disk');
  });

  it('refuses unknown recipients at once and says 451 when it cannot know', async () => {
    const { open } = await start();
    const smtp = await open();
    await smtp.say('MAIL FROM:<a@b.example>');
    expect(await smtp.say('RCPT TO:<nobody@else.test>')).toMatch(/^550 5\.1\.1 /);
    expect(await smtp.say('RCPT TO:<support@acme.test>')).toMatch(/^250/);

    const failing = await start({ isRecipient: () => Promise.reject(new Error('no database')) });
    const other = await failing.open();
    await other.say('MAIL FROM:<a@b.example>');
    expect(await other.say('RCPT TO:<support@acme.test>')).toMatch(/^451 /);
  });

  it('refuses mail over the limit by its announced and by its real size', async () => {
    const { arrivals, open } = await start();
    const smtp = await open();
    expect(await smtp.say(`MAIL FROM:<a@b.example> SIZE=${SIZE_MAX + 1}`)).toMatch(/^552/);
    await envelope(smtp, 'support@acme.test');
    expect(await smtp.say(`${'x'.repeat(70)}\r\n`.repeat(400) + '.')).toMatch(/^552/);
    expect(arrivals).toHaveLength(0);
    await envelope(smtp, 'support@acme.test');
    expect(await smtp.say(`${MAIL}.`)).toMatch(/^250/);
  });

  it('accepts the null sender', async () => {
    const { arrivals, open } = await start();
    const smtp = await open();
    expect(await smtp.say('MAIL FROM:<>')).toMatch(/^250/);
    await smtp.say('RCPT TO:<support@acme.test>');
    await smtp.say('DATA');
    expect(await smtp.say(`${MAIL}.`)).toMatch(/^250/);
    expect(arrivals[0]?.envelope.from).toBe('');
  });

  it('refuses line ends that could smuggle a second mail', async () => {
    const { arrivals, open } = await start();
    for (const end of ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r\n.\r', '\r.\n', '\r.\r\n']) {
      const smtp = await open();
      await envelope(smtp, 'support@acme.test');
      smtp.write(`Subject: one\r\n\r\nbody${end}MAIL FROM:<x@y.example>\r\n\r\n.\r\n`);
      expect(await smtp.reply(), JSON.stringify(end)).toMatch(/^550/);
    }
    expect(arrivals).toHaveLength(0);
    const smtp = await open();
    await envelope(smtp, 'support@acme.test');
    expect(await smtp.say('Subject: bare\nline ends\r\n\r\nx\ry\r\n..\r\nz\r\n.')).toMatch(/^250/);
    expect(arrivals).toHaveLength(1);
  });

  it('caps the recipients of one mail', async () => {
    const { open } = await start();
    const smtp = await open();
    await smtp.say('MAIL FROM:<a@b.example>');
    const codes = [];
    for (let n = 0; n < 102; n += 1) {
      codes.push((await smtp.say(`RCPT TO:<r${n}@acme.test>`)).slice(0, 3));
    }
    expect(codes.filter((code) => code === '250')).toHaveLength(100);
    expect(codes.at(-1)).toBe('452');
  });

  it('takes no mail that was cut off', async () => {
    const { arrivals, open } = await start();
    const smtp = await open();
    await envelope(smtp, 'support@acme.test');
    smtp.write('Subject: half\r\n\r\nthe beginn');
    await tick(50);
    smtp.close();
    await tick(50);
    expect(arrivals).toHaveLength(0);
  });

  it('slows a flooding sender down and refuses nothing', async () => {
    const { arrivals, open } = await start({ flood: { burst: 2, perSecond: 20 } });
    const smtp = await open();
    const before = performance.now();
    for (let n = 0; n < 8; n += 1) {
      await envelope(smtp, 'support@acme.test');
      expect(await smtp.say(`${MAIL}.`)).toMatch(/^250/);
    }
    expect(performance.now() - before).toBeGreaterThan(200);
    expect(arrivals).toHaveLength(8);
  });

  it('speaks LMTP with one answer for each recipient', async () => {
    let fails = false;
    const { open } = await start({
      lmtp: true,
      take: () => (fails ? Promise.reject(new Error('no')) : Promise.resolve()),
    });
    const lmtp = await open('LHLO');
    await envelope(lmtp, 'support@acme.test', 'sales@acme.test');
    expect(await lmtp.say(`${MAIL}.`)).toMatch(/^250/);
    expect(await lmtp.reply()).toMatch(/^250/);
    fails = true;
    await envelope(lmtp, 'support@acme.test', 'sales@acme.test');
    expect(await lmtp.say(`${MAIL}.`)).toMatch(/^451/);
    expect(await lmtp.reply()).toMatch(/^451/);
    expect(await lmtp.say('EHLO x')).toMatch(/^5/);
  });

  it('stops by answering the mail under way and closing idle connections', async () => {
    let stored = (): void => undefined;
    const { receiver, open } = await start({
      take: () =>
        new Promise((resolve) => {
          stored = resolve;
        }),
    });
    const idle = await open();
    const smtp = await open();
    await envelope(smtp, 'support@acme.test');
    smtp.write(`${MAIL}.\r\n`);
    await tick(50);
    const stopping = receiver.stop();
    expect(await idle.reply()).toMatch(/^421/);
    stored();
    expect(await smtp.reply()).toMatch(/^250/);
    await stopping;
  });

  it('says that a port is taken', async () => {
    const { port } = await start();
    const second = createSmtpReceiver({
      host: '127.0.0.1',
      port,
      sizeMaxBytes: SIZE_MAX,
      isRecipient: async () => true,
      take: async () => undefined,
      logger: pino({ level: 'silent' }),
    });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

function tick(ms: number): Promise<string> {
  return new Promise((resolve) => {
    setTimeout(() => resolve('nothing'), ms);
  });
}
