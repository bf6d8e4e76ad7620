import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { CONNECTIONS_MAX, LARGE_MAILS_AT_ONCE } from '../limits.ts';
import { type SmtpDialogue, openSmtpDialogue } from '../testing/smtp-dialogue.ts';
import type { MailArrival, SmtpReceiver, SmtpReceiverOptions } from './smtp-receiver.ts';
import { createSmtpReceiver } from './smtp-receiver.ts';

/** Issue: whatever somebody sends, the next mail is not delayed by more than a second. */
const NEXT_MAIL_MS_MAX = 1_000;

const receivers: SmtpReceiver[] = [];
const dialogues: SmtpDialogue[] = [];
afterEach(async () => {
  for (const dialogue of dialogues.splice(0)) dialogue.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function start(
  limits: SmtpReceiverOptions['limits'] = {},
  store: () => Promise<void> = async () => undefined,
) {
  const arrivals: MailArrival[] = [];
  const receiver = createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    sizeMaxBytes: 4_000_000,
    isRecipient: async (address) => address.endsWith('@acme.test'),
    take: async (arrival) => {
      arrivals.push(arrival);
      await store();
    },
    limits,
    logger: pino({ level: 'silent' }),
  });
  receivers.push(receiver);
  const { port } = await receiver.start();
  const openFrom = async (address: string) => {
    const dialogue = await openSmtpDialogue(port, 'EHLO', address);
    dialogues.push(dialogue);
    return dialogue;
  };
  const open = () => openFrom('127.0.0.1');
  const nextMail = async () => {
    const begun = performance.now();
    const smtp = await open();
    await begin(smtp);
    expect(await smtp.say('Subject: next\r\n\r\nHi\r\n.')).toMatch(/^250/);
    expect(arrivals.at(-1)?.raw.toString()).toContain('Subject: next');
    expect(performance.now() - begun).toBeLessThan(NEXT_MAIL_MS_MAX);
  };
  return { arrivals, open, openFrom, nextMail };
}

async function begin(smtp: SmtpDialogue): Promise<void> {
  expect(await smtp.say('MAIL FROM:<a@b.example>')).toMatch(/^250/);
  expect(await smtp.say('RCPT TO:<s@acme.test>')).toMatch(/^250/);
  expect(await smtp.say('DATA')).toMatch(/^354/);
}

describe('the SMTP receiver under attack', () => {
  it('takes 100 of 10,000 recipients and has the sender come again for the rest', async () => {
    const { arrivals, open, nextMail } = await start();
    const smtp = await open();
    await smtp.say('MAIL FROM:<a@b.example>');
    smtp.write(Array.from({ length: 10_000 }, (_, i) => `RCPT TO:<r${i}@acme.test>\r\n`).join(''));
    const answers: string[] = [];
    for (let i = 0; i < 10_000; i += 1) answers.push((await smtp.reply()).slice(0, 3));
    expect(answers.filter((code) => code === '250')).toHaveLength(100);
    expect(answers.filter((code) => code === '452')).toHaveLength(9_900);
    await smtp.say('DATA');
    expect(await smtp.say('Subject: many\r\n\r\nHi\r\n.')).toMatch(/^250/);
    expect(arrivals[0]?.envelope.to).toHaveLength(100);
    await nextMail();
  });

  it('refuses a dot on a line of its own at the very beginning, when its end is bare', async () => {
    const { arrivals, open, nextMail } = await start();
    for (const first of ['.\nMAIL FROM:<x@y.example>', '.\rMAIL FROM:<x@y.example>']) {
      const smtp = await open();
      await begin(smtp);
      expect(await smtp.say(`${first}\r\n.`)).toMatch(/^550/);
    }
    expect(arrivals).toEqual([]);
    await nextMail();
  });

  it('takes a mail with NUL bytes, bare line ends and a megabyte of headers as it is', async () => {
    const { arrivals, open, nextMail } = await start();
    const references = Array.from({ length: 5_000 }, (_, i) => ` <ref-${i}@b.example>`).join(
      '\r\n',
    );
    const headers = `X-Long: ${'a'.repeat(1_000_000)}\r\nReferences:${references}\r\n`;
    const smtp = await open();
    await begin(smtp);
    const mail = `Subject: odd\0one\nand bare\r\n${headers}\r\nNUL \0 here\r\n`;
    expect(await smtp.say(`${mail}.`)).toMatch(/^250/);
    expect(arrivals[0]?.raw.toString('latin1')).toBe(mail);
    await nextMail();
  });

  it('makes room for a sender when idle connections have taken all there is', async () => {
    const { open, nextMail } = await start();
    const idle = await Promise.all(Array.from({ length: CONNECTIONS_MAX + 20 }, open));
    await nextMail();
    expect(await idle[0]?.reply()).toMatch(/^421|^$/);
    // Whoever drips a command letter by letter is as idle as who says nothing.
    for (const dialogue of idle) dialogue.write('M');
    await nextMail();
  });

  it('goes on when senders drip their data, or vanish in the middle of it', async () => {
    const { arrivals, open, nextMail } = await start();
    const slow = await Promise.all(Array.from({ length: 30 }, open));
    await Promise.all(slow.map(begin));
    for (const smtp of slow) smtp.write('Subject: slow\r\nX');
    await nextMail();
    for (const smtp of slow.slice(15)) smtp.close();
    await nextMail();
    for (const smtp of slow.slice(0, 15)) expect(await smtp.say(': y\r\n\r\n.')).toMatch(/^250/);
    const finished = arrivals.filter(({ raw }) => raw.includes('Subject: slow'));
    expect(finished).toHaveLength(15);
  });

  it('hangs up on who begins a mail and falls silent, and keeps who goes on', async () => {
    const { arrivals, open } = await start({ dataIdleMs: 300 });
    const [silent, talking] = await Promise.all([open(), open()]);
    await Promise.all([silent, talking].map(begin));
    silent.write('Subject: silent\r\n');
    const gone = silent.reply();
    const talk = setInterval(() => talking.write('X-More: x\r\n'), 20);
    expect(await gone).toMatch(/^421/);
    clearInterval(talk);
    expect(await talking.say('\r\nHi\r\n.')).toMatch(/^250/);
    expect(arrivals).toHaveLength(1);
  });

  it('ends a mail that drips for too long', async () => {
    const { arrivals, open } = await start({ dataMs: 300 });
    const dripping = await open();
    await begin(dripping);
    const drip = setInterval(() => dripping.write('x'), 20);
    expect(await dripping.reply()).toMatch(/^421/);
    clearInterval(drip);
    expect(arrivals).toEqual([]);
  });

  it('gives one address only so many connections, and the others theirs', async () => {
    const { openFrom, nextMail } = await start({ connectionsPerAddressMax: 3 });
    const holders = await Promise.all([1, 2, 3].map(() => openFrom('127.0.0.9')));
    await Promise.all(holders.map(begin));
    expect((await openFrom('127.0.0.9')).greeting).toMatch(/^421/);
    await nextMail();
    expect(await holders[0]?.say('Subject: x\r\n\r\nHi\r\n.')).toMatch(/^250/);
    // Now it sends nothing, and makes room for the next connection of its address.
    expect((await openFrom('127.0.0.9')).greeting).toMatch(/^220/);
    expect(await holders[0]?.reply()).toMatch(/^421/);
  });

  it('has the slowest of those who hold DATA open make room for a new sender', async () => {
    const { openFrom, nextMail } = await start({ connectionsMax: 4, dataGraceMs: 0 });
    const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
    const holders = await Promise.all(addresses.map(openFrom));
    await Promise.all(holders.map(begin));
    const [held, ...others] = holders;
    for (const busy of others) busy.write(`X-Long: ${'x'.repeat(50_000)}\r\n`);
    await nextMail();
    expect(await held?.reply()).toMatch(/^421/);
    for (const busy of others) expect(await busy.say('\r\nHi\r\n.')).toMatch(/^250/);
  });

  it('has the slowest of those who keep large mails open make room for the next', async () => {
    const { arrivals, open } = await start({ dataGraceMs: 0 });
    const senders = await Promise.all(Array.from({ length: LARGE_MAILS_AT_ONCE + 1 }, open));
    await Promise.all(senders.map(begin));
    const line = `X-Long: ${'x'.repeat(900)}\r\n`;
    for (const smtp of senders) smtp.write(line.repeat(1_300));
    const replies = senders.map((smtp) => smtp.reply());
    const first = await Promise.race(replies.map(async (reply, i) => ({ i, said: await reply })));
    expect(first.said).toMatch(/^421/);
    for (const smtp of senders) smtp.write('\r\nHi\r\n.\r\n');
    const said = (await Promise.all(replies)).map((reply) => reply.slice(0, 3));
    expect(said.toSpliced(first.i, 1)).toEqual(Array(LARGE_MAILS_AT_ONCE).fill('250'));
    expect(arrivals).toHaveLength(LARGE_MAILS_AT_ONCE);
  });

  it('breaks off no mail that is young or being stored, and has the new sender wait', async () => {
    let stored: () => void = () => undefined;
    const store = () => new Promise<void>((resolve) => (stored = resolve));
    const { arrivals, open, openFrom } = await start({ connectionsMax: 1, dataGraceMs: 0 }, store);
    const first = await open();
    await begin(first);
    const answer = first.say('Subject: first\r\n\r\nHi\r\n.');
    while (arrivals.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await openFrom('127.0.0.2')).greeting).toMatch(/^421/);
    stored();
    expect(await answer).toMatch(/^250/);
  });
});
