import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { type DeskClient, isRecord } from '../../cli/demo/desk-client.ts';
import type { SmtpSink } from '../flows/smtp-sink.ts';

export interface Grounds {
  api: DeskClient;
  bo: DeskClient;
  smtp: { host: string; port: number };
  /** What the studio's mailbox sends meets this server. */
  sink: SmtpSink;
}

/** Subjects by which the pictures find their tickets. */
export const HARD = {
  refused: 'Lumen 40 for the studio, cracked along the rim',
  bounced: 'Kvitto på köpet i butiken saknas',
  uncertain: 'Can the fitter come on Monday between 8 and 12?',
  deferred: 'Monteringsanvisning till Hemse-hyllan',
  newsletter: 'The autumn collection is here',
  wide: 'Order list for the hotel, 14 columns',
  long: 'Twelve chairs for the reading room',
  endless:
    'Reklamation av matbordet Alma 240 med skarvskiva och tolv stolar, levererat till ' +
    'fel adress i Örnsköldsvik: hur gör vi nu med returfrakten och ersättningen?',
  photos: 'Bilder på skadan, som lovat',
} as const;

const PICTURE = new URL('../../docs/images/list-light.png', import.meta.url);
const STUDIO = 'studio@acme.test';
const FAILS = [
  [HARD.refused, 'Eleanor Hughes <refuse.hughes@studio.test>'],
  [HARD.uncertain, 'Oliver Grant <break.grant@studio.test>'],
  [HARD.deferred, 'Kerstin Lund <defer.lund@studio.test>'],
  [HARD.bounced, 'Nils Åkesson <bounce.akesson@studio.test>'],
] as const;

const ARRIVES_MS_MAX = 60_000;
const POLL_MS = 300;

/** What goes wrong, is long, or looks odd: a picture of it is worth more than one of a good day. */
export async function fillTroubles(grounds: Grounds): Promise<void> {
  const { smtp, sink, api } = grounds;
  sink.behave((to) => {
    if (to.startsWith('refuse')) return 'refuse-recipient';
    if (to.startsWith('defer')) return 'defer';
    return to.startsWith('break') ? 'break-after-data' : 'accept';
  });
  const outgoing = { host: '127.0.0.1', port: Number(new URL(sink.url).port), tls: 'none' };
  await api.call('POST', '/mailboxes', { address: STUDIO, name: 'Acme Studio', outgoing });
  const transport = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  const write = (letter: SendMailOptions) =>
    transport.sendMail({ to: 'support@acme.test', ...letter });
  for (const [subject, from] of FAILS) {
    await write({ from, to: STUDIO, subject, text: 'Could you help me with this?\n\nThanks' });
  }
  await writeOddMails(write);
  for (const [subject] of FAILS) await answer(api, subject, 'Of course, it is on its way.');
  await bounce(write, grounds);
  await talkLong(write, grounds);
  transport.close();
}

type Write = (letter: SendMailOptions) => Promise<unknown>;

async function writeOddMails(write: Write): Promise<void> {
  const blog = 'https://pictures.nordiskaform.test';
  await write({
    from: 'Nordiska Form <nyheter@nordiskaform.test>',
    subject: HARD.newsletter,
    text: 'The autumn collection is here.',
    html:
      '<table width="600" align="center" bgcolor="#f4efe6" cellpadding="24"><tr><td>' +
      `<img src="${blog}/hero.png" width="552" height="180" alt="A table under a lamp">` +
      '<h1 style="font:28px Georgia;color:#3b2f2f">The autumn collection is here</h1>' +
      '<p style="font:16px/24px Georgia;color:#5c4b4b">Oak, wool and brass: forty new pieces, ' +
      'made within a day’s drive of our workshop.</p><a href="https://nordiskaform.test" ' +
      'style="background:#3b2f2f;color:#fff;padding:12px 20px">See all forty</a>' +
      `<img src="${blog}/open.gif" width="1" height="1"></td></tr></table>`,
  });
  const cells = (words: string) =>
    Array.from({ length: 14 }, (_, place) => `<td>${words}&nbsp;${place + 1}</td>`).join('');
  await write({
    from: 'Hotell Viken <reception@hotellviken.test>',
    subject: HARD.wide,
    text: 'Here is the list.',
    html:
      '<p>Hello, here is the list for all floors.</p><table border="1" cellpadding="6">' +
      `<tr>${cells('Floor')}</tr><tr>${cells('Lumen')}</tr><tr>${cells('Table')}</tr></table>`,
  });
  await write({
    from:
      'Wilhelmina Konstantinopoulou-Featherstonehaugh ' +
      '<wilhelmina.konstantinopoulou-featherstonehaugh@administration.norrlandsinredningar.test>',
    subject: HARD.endless,
    text:
      'Hej,\n\nleveransen kom i går, men till vårt gamla lager. Se ' +
      'https://norrlandsinredningar.test/leveranser/2026/november/24/kvittens-88210-Alma240' +
      '?ordernummer=A-20944&kolli=14&mottagare=lagret.\n\nMed vänliga hälsningar,\nWilhelmina',
  });
  await write({
    from: 'Oskar Blom <oskar@blomfoto.test>',
    subject: HARD.photos,
    text: 'Här är bilderna.\n\nOskar',
    attachments: [
      { filename: 'skarmen-framifran.png', content: readFileSync(PICTURE) },
      { filename: 'kvitto-Lumen-40-kopt-i-butiken-pa-Storgatan-2026-11-03.txt', content: '449 kr' },
    ],
  });
  for (const subject of ['Re: [#2] Betala din faktura i dag', 'Undelivered', 'Du har vunnit']) {
    const envelope = { from: '', to: ['support@acme.test'] };
    await write({ from: 'service@bank-nu.test', envelope, subject, text: 'Klicka här nu.' });
  }
}

/** The studio's answer comes back as nobody's (RFC 3464). */
async function bounce(write: Write, { sink }: Grounds): Promise<void> {
  const sent = await sink.next(({ to }) => to[0]?.startsWith('bounce') === true);
  const parts = [
    ['text/plain', 'The mailbox is full.'],
    [
      'message/delivery-status',
      `Reporting-MTA: dns; mx.studio.test\r\n\r\nFinal-Recipient: rfc822; ${sent.to[0]}\r\n` +
        'Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n',
    ],
    ['text/rfc822-headers', `Message-ID: <${sent.headers.messageId}>\r\n`],
  ];
  const body = parts.map(([type, text]) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`);
  await write({
    envelope: { from: '', to: [sent.from] },
    raw: [
      'From: MAILER-DAEMON@studio.test',
      `To: ${sent.from}`,
      'Subject: Undelivered mail returned to sender',
      'Message-ID: <returned-1@studio.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      `${body.join('')}--b--`,
    ].join('\r\n'),
  });
}

/** A conversation of many mails, whose quotes are folded. */
async function talkLong(write: Write, { api, bo }: Grounds): Promise<void> {
  const from = 'Lina Wallin <lina.wallin@bibliotek.test>';
  await write({ from, subject: HARD.long, text: 'We need twelve chairs.\n\nLina Wallin' });
  const number = await numberOf(api, HARD.long);
  await api.call('POST', `/tickets/${number}/claim`);
  for (let turn = 1; turn <= 7; turn += 1) {
    const text = `Chair ${turn} can be had in oak and in birch.`;
    await api.call('POST', `/tickets/${number}/reply`, { text, undoSeconds: 0 });
    const entries = await api.list(`/tickets/${number}/timeline`);
    const ours = entries.filter(({ direction }) => direction === 'out').at(-1);
    const quoted = `Acme Support <support@acme.test> wrote:\n> Hello,\n>\n> ${text}\n`;
    const inReplyTo = `<${String(ours?.messageId).replace(/[<>]/g, '')}>`;
    const words = `Oak for number ${turn}, please.\n\nLina\n\n${quoted}`;
    await write({ from, subject: `Re: ${HARD.long}`, text: words, inReplyTo });
  }
  await bo.call('POST', `/tickets/${number}/notes`, { text: 'Birch is out until March.' });
}

export async function answer(api: DeskClient, subject: string, text: string): Promise<void> {
  const number = await numberOf(api, subject);
  await api.call('POST', `/tickets/${number}/claim`);
  await api.call('POST', `/tickets/${number}/reply`, { text, undoSeconds: 0 });
}

/** The ticket with this subject, once it is there. */
export async function numberOf(api: DeskClient, subject: string): Promise<number> {
  const until = Date.now() + ARRIVES_MS_MAX;
  while (Date.now() < until) {
    const page = await api.call('GET', '/tickets?limit=100');
    const items: unknown[] = isRecord(page) && Array.isArray(page.items) ? page.items : [];
    const found = items.filter(isRecord).find((ticket) => ticket.subject === subject);
    if (typeof found?.number === 'number') return found.number;
    await wait(POLL_MS);
  }
  throw new Error(`"${subject}" became no ticket`);
}
