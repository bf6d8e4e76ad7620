import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { CONNECTIONS_MAX } from '../limits.ts';
import { type SmtpDialogue, openSmtpDialogue } from '../testing/smtp-dialogue.ts';
import { type MailArrival, type SmtpReceiver, createSmtpReceiver } from './smtp-receiver.ts';

/** Issue: whatever somebody sends, the next mail is not delayed by more than a second. */
const NEXT_MAIL_MS_MAX = 1_000;

const receivers: SmtpReceiver[] = [];
const dialogues: SmtpDialogue[] = [];
afterEach(async () => {
  for (const dialogue of dialogues.splice(0)) dialogue.close();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

async function start() {
  const arrivals: MailArrival[] = [];
  const receiver = createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    sizeMaxBytes: 4_000_000,
    isRecipient: async (address) => address.endsWith('@acme.test'),
    take: async (arrival) => void arrivals.push(arrival),
    logger: pino({ level: 'silent' }),
  });
  receivers.push(receiver);
  const { port } = await receiver.start();
  const open = async () => {
    const dialogue = await openSmtpDialogue(port);
    dialogues.push(dialogue);
    return dialogue;
  };
  const nextMail = async () => {
    const begun = performance.now();
    const smtp = await open();
    await begin(smtp);
    expect(await smtp.say('Subject: next\r\n\r\nHi\r\n.')).toMatch(/^250/);
    expect(arrivals.at(-1)?.raw.toString()).toContain('Subject: next');
    expect(performance.now() - begun).toBeLessThan(NEXT_MAIL_MS_MAX);
  };
  return { arrivals, open, nextMail };
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
});
