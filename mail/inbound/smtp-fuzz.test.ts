import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openSmtpDialogue } from '../testing/smtp-dialogue.ts';
import { createSmtpReceiver } from './smtp-receiver.ts';

const line = fc.oneof(
  fc.constantFrom(
    ...['MAIL FROM:<a@b.example>', 'MAIL FROM:<>', 'RCPT TO:<s@acme.test>', 'DATA', 'RSET', 'NOOP'],
    ...[
      'EHLO x',
      'HELO',
      'AUTH PLAIN AGEAYg==',
      'STARTTLS',
      'VRFY a',
      'BDAT 5 LAST',
      'XCLIENT A=b',
    ],
    ...['MAIL FROM:<a@b.example> SIZE=99999999999999999999', 'RCPT TO:<>', 'Subject: x', '', '..'],
  ),
  fc.string({ maxLength: 80 }),
);
const end = fc.constantFrom('\r\n', '\n', '\r', '\r\n.\r\n', '\0\r\n', '');

/** smtp-server takes the first of several dots after a bare LF for stuffing, too. */
const plain = (content: string): string => content.replace(/(?<!\r)\n\.+/g, '\n.');

describe('the SMTP receiver under nonsense', () => {
  it('survives, and a proper mail afterwards is taken and acknowledged', async () => {
    let taken = 0;
    const receiver = createSmtpReceiver({
      host: '127.0.0.1',
      port: 0,
      sizeMaxBytes: 10_000,
      isRecipient: async (address) => address === 's@acme.test',
      take: async () => {
        taken += 1;
      },
      logger: pino({ level: 'silent' }),
    });
    const { port } = await receiver.start();
    const isAlive = async (): Promise<void> => {
      const smtp = await openSmtpDialogue(port);
      await smtp.say('MAIL FROM:<a@b.example>');
      await smtp.say('RCPT TO:<s@acme.test>');
      await smtp.say('DATA');
      const before = taken;
      expect(await smtp.say('Subject: proper\r\n\r\nHi\r\n.')).toMatch(/^250/);
      expect(taken).toBe(before + 1);
      smtp.close();
    };
    const dialogue = fc.array(fc.tuple(line, end), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(dialogue, fc.nat(7), async (lines, cut) => {
        const smtp = await openSmtpDialogue(port);
        const bytes = Buffer.from(lines.map((parts) => parts.join('')).join(''), 'latin1');
        smtp.write(bytes.subarray(0, bytes.length >> 1));
        smtp.write(bytes.subarray(bytes.length >> 1, bytes.length - cut));
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
        smtp.close();
        await isAlive();
      }),
      { numRuns: 60 },
    );
    await receiver.stop();
  }, 60_000);

  it('hands on every content byte by byte, or refuses it with 550', async () => {
    const arrivals: string[] = [];
    const receiver = createSmtpReceiver({
      host: '127.0.0.1',
      port: 0,
      sizeMaxBytes: 10_000,
      isRecipient: async () => true,
      take: async ({ raw }) => void arrivals.push(raw.toString('latin1')),
      logger: pino({ level: 'silent' }),
    });
    const { port } = await receiver.start();
    const smtp = await openSmtpDialogue(port);
    const piece = fc.constantFrom(
      '.',
      '..',
      '\r',
      '\n',
      '\r\n',
      '\0',
      'a',
      '\xe9',
      'QUIT',
      '\n.\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.nat(60), async (pieces, cut) => {
        const content = `${pieces.join('')}\r\n`;
        const stuffed = Buffer.from(content.replace(/(^|\r\n)\./g, '$1..'), 'latin1');
        for (const command of [
          'RSET',
          'MAIL FROM:<a@b.example>',
          'RCPT TO:<s@acme.test>',
          'DATA',
        ]) {
          expect(await smtp.say(command)).toMatch(/^[23]5/);
        }
        const before = arrivals.length;
        smtp.write(stuffed.subarray(0, cut));
        smtp.write(stuffed.subarray(cut));
        const answer = await smtp.say('.');
        if (answer.startsWith('550')) expect(content).toMatch(/[\r\n]\.|^\.|\.[\r\n]/);
        else expect(answer).toMatch(/^250/);
        const handedOn = arrivals.slice(before).map(plain);
        expect(handedOn).toEqual(answer.startsWith('250') ? [plain(content)] : []);
      }),
      { numRuns: 300 },
    );
    smtp.close();
    await receiver.stop();
  }, 60_000);
});
