import { createTransport } from 'nodemailer';
import type { DeskClient } from '../../cli/demo/desk-client.ts';
import { type Grounds, numberOf } from './fill-troubles.ts';

interface Letter {
  from: string;
  subject: string;
  text: string;
  /** What the desk does with it; nothing leaves it in New. */
  then?: 'mine' | 'bo' | 'pending' | 'solved' | 'answered';
  labels?: readonly string[];
}

/** A Tuesday of a company that sells lamps and tables, on both sides of the Baltic. */
const LETTERS: readonly Letter[] = [
  {
    from: 'Göran Östlund <goran.ostlund@posten-hem.test>',
    subject: 'Faktura 30418 betald två gånger',
    text: 'Hej! Jag ser på kontot att faktura 30418 har dragits två gånger.\n\nMvh Göran',
    then: 'pending',
    labels: ['invoice'],
  },
  {
    from: 'Priya Raman <priya@ramanstudio.test>',
    subject: 'Lumen 25: can the cord be longer?',
    text: 'Our ceiling is 4.2 metres high. Do you make the cord in 5 metres?\n\nPriya',
    then: 'answered',
    labels: ['lumen-25'],
  },
  {
    from: 'Tom Ashworth <tom.ashworth@northline.test>',
    subject: 'Two chairs missing from order 88210',
    text: 'We counted twice: six were ordered and four came.\n\nTom Ashworth, Northline Cafés',
    then: 'mine',
    labels: ['delivery'],
  },
  {
    from: 'Lina Wallin <lina.wallin@kontorslandet.test>',
    subject: 'Offert på 40 skrivbord till Umeå',
    text: 'Hej, vi flyttar i januari och behöver 40 höj- och sänkbara skrivbord.\n\nLina Wallin',
    then: 'mine',
  },
  {
    from: 'Oskar Blom <oskar@blomfoto.test>',
    subject: 'Sprucken skärm, Lumen 40',
    text: 'Skärmen var sprucken när jag öppnade lådan. Bilder kommer.\n\nOskar',
    then: 'bo',
    labels: ['damaged', 'lumen-40'],
  },
  {
    from: 'Hotell Viken <reception@hotellviken.test>',
    subject: 'Lumen 60, tre av tio trasiga',
    text: 'Tre av de tio lamporna lyser inte. Vi öppnar på lördag.\n\nHotell Viken',
    then: 'bo',
    labels: ['damaged'],
  },
  {
    from: 'Daniel Novák <daniel.novak@novak-arch.test>',
    subject: 'Friday delivery, upper floor',
    text: 'The lift is out until Thursday. Could the table come on Friday instead?\n\nDaniel',
    then: 'pending',
    labels: ['delivery'],
  },
  {
    from: 'Marit Solberg <marit@solberg.test>',
    subject: 'Thank you for the oil',
    text: 'It worked: the table looks new again.\n\nMarit',
    then: 'solved',
  },
  {
    from: 'Oliver Grant <oliver.grant@grantandco.test>',
    subject: 'Which bulb fits the Fasta lamp?',
    text: 'The box says E14, the page says E27. Which is right?\n\nOliver',
    then: 'mine',
  },
  {
    from: 'Ingrid Falk <ingrid.falk@falkhem.test>',
    subject: 'Kan jag byta färg på beställningen?',
    text: 'Jag beställde mossgrön i går men vill hellre ha sandvit.\n\nIngrid',
  },
  {
    from: 'Amir Haddad <amir@haddadfoods.test>',
    subject: 'Invoice without our VAT number',
    text: 'Our VAT number is missing on invoice 30466. Can you send a new one?\n\nAmir Haddad',
    labels: ['invoice'],
  },
  {
    from: 'Sofia Ek <sofia.ek@ekochson.test>',
    subject: 'När kommer Alma-bordet in i lager igen?',
    text: 'Det har varit slut sedan oktober. Vi väntar gärna!\n\nSofia',
  },
];

/** Gives the demo's company a full day's mail, so that lists look as they do at work. */
export async function fillDesk({ api, bo, smtp }: Grounds): Promise<void> {
  const transport = createTransport({ ...smtp, secure: false, ignoreTLS: true });
  const to = 'support@acme.test';
  for (const { from, subject, text } of LETTERS) {
    await transport.sendMail({ from, to, subject, text });
  }
  const nobody = { envelope: { from: '', to: [to] }, to };
  await transport.sendMail({ ...nobody, subject: 'Re: [#1] Faktura 30418', text: 'Betala här.' });
  transport.close();
  for (const letter of LETTERS) await act(letter, await numberOf(api, letter.subject), { api, bo });
}

async function act(
  { then, labels = [], text }: Letter,
  number: number,
  { api, bo }: { api: DeskClient; bo: DeskClient },
): Promise<void> {
  const at = `/tickets/${number}`;
  for (const label of labels) await api.call('PUT', `${at}/labels/${label}`);
  const until = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const answer = text.startsWith('Hej') ? 'Tack, vi tittar på det!' : 'Thanks, we look into it.';
  switch (then) {
    case 'mine':
      await api.call('POST', `${at}/claim`);
      break;
    case 'bo':
      await bo.call('POST', `${at}/claim`);
      break;
    case 'pending':
      await api.call('POST', `${at}/pend`, { until, reason: 'waiting for the bank' });
      break;
    case 'answered':
      await api.call('POST', `${at}/reply`, { text: answer, undoSeconds: 0 });
      break;
    case 'solved':
      await api.call('POST', `${at}/solve`, { summary: false });
      break;
    case undefined:
      break;
  }
}
