import type { Language } from '../../domain/languages.ts';

export interface TicketWords {
  request: (number: number) => string;
  waiting: string;
  solved: string;
  conversation: string;
  earlier: (n: number) => string;
  you: string;
  somebody: string;
  sent: string;
  settled: string;
  empty: string;
  answer: string;
  answerSolved: string;
  message: string;
  files: (file: string, all: string) => string;
  send: string;
  settle: string;
  settleHint: string;
  rate: string;
  keep: (until: string) => string;
  overTitle: string;
  over: string;
  again: string;
  onItsWay: string;
  seeMail: string;
}

/** What the customer's page of a ticket says. */
export const ticketWords: Record<Language, TicketWords> = {
  en: {
    request: (number) => `Request ${number}`,
    waiting: 'We answer here and by mail.',
    solved: 'This request is solved.',
    conversation: 'Conversation',
    earlier: (n) => `${n} earlier messages are in your mail.`,
    you: 'You',
    somebody: 'Somebody else in the conversation',
    sent: 'Thank you, we have your message. If it is not below yet, it will be in a moment.',
    settled: 'Thank you for telling us. Write again whenever something is still open.',
    empty: 'Write something or choose a file first.',
    answer: 'Write to us',
    answerSolved: 'Is something still open?',
    message: 'Your message',
    files: (file, all) => `Files (${file} each, ${all} together)`,
    send: 'Send',
    settle: 'It is solved',
    settleHint: 'If you have what you need, tell us, and nobody has to ask.',
    rate: 'Tell us how our help was',
    keep: (until) =>
      `Whoever has the address of this page can read and write here. It works until ${until}, ` +
      'and longer when somebody writes.',
    overTitle: 'This link is too old',
    over: 'For your safety, links to a request end when nobody has written for a while.',
    again: 'Mail me a new link',
    onItsWay:
      'A new link is on its way to the address that we answer to, unless several went there ' +
      'just now.',
    seeMail: 'Look into your mail',
  },
  sv: {
    request: (number) => `Ärende ${number}`,
    waiting: 'Vi svarar här och med mejl.',
    solved: 'Ärendet är löst.',
    conversation: 'Konversation',
    earlier: (n) => `${n} tidigare meddelanden finns i din mejl.`,
    you: 'Du',
    somebody: 'Någon annan i konversationen',
    sent: 'Tack, vi har fått ditt meddelande. Syns det inte här under ännu kommer det strax.',
    settled: 'Tack för att du berättade det. Skriv igen om något fortfarande är oklart.',
    empty: 'Skriv något eller välj en fil först.',
    answer: 'Skriv till oss',
    answerSolved: 'Är något fortfarande oklart?',
    message: 'Ditt meddelande',
    files: (file, all) => `Filer (högst ${file} var och ${all} tillsammans)`,
    send: 'Skicka',
    settle: 'Det är löst',
    settleHint: 'Har du fått det du behöver? Berätta det, så behöver ingen fråga.',
    rate: 'Berätta hur vår hjälp var',
    keep: (until) =>
      `Den som har adressen till sidan kan läsa och skriva här. Den fungerar till ${until}, ` +
      'och längre när någon skriver.',
    overTitle: 'Länken är för gammal',
    over:
      'Länkar till ett ärende slutar att fungera när ingen har skrivit på ett tag. Det är ' +
      'för din säkerhet.',
    again: 'Mejla mig en ny länk',
    onItsWay:
      'En ny länk är på väg till adressen som vi svarar till, om inte flera nyss skickades dit.',
    seeMail: 'Titta i din mejl',
  },
};
