import type { Words } from '../en/index.ts';

export const delivery: Words['delivery'] = {
  draft: 'Utkast',
  sending: 'Skickas…',
  refusedForNow: (next) => `Avvisat tills vidare, nästa försök ${next}`,
  sent: (time) => `Skickat ${time}`,
  sentTook: (time, server) => `Skickat ${time}. Servern hos ${server} tog emot det.`,
  uncertain: 'Ingen vet om detta kom fram',
  uncertainDetail: (customer) =>
    'Förbindelsen bröts efter att vi hade lämnat över mejlet, så det skickades inte igen av sig ' +
    `självt. Skicka det igen bara om ${customer} inte verkar ha fått det.`,
  bounced: 'Kom i retur',
  bouncedDetail: 'Mejlet kom tillbaka. Den andra servern svarade:',
  failed: 'Kom inte fram',
  failedDetail: 'Den andra servern avvisade det för gott, så vi försöker inte igen. Den svarade:',
  leaving: 'Går iväg…',
  inAFewSeconds: 'Går iväg om några sekunder',
  leaves: (time) => `Går iväg ${time}`,
  notSentYet: 'Inte skickat än',
  takeBack: 'Ta tillbaka',
  markArrived: 'Markera som framme',
  sendAgain: 'Skicka igen',
  correct: 'Rätta adressen och skicka igen',
  copy: 'Kopiera till ett nytt svar',
  notTo: (address) => `Inte till ${address}`,
  to: 'Till',
  resendHint:
    'Samma mejl skickas till den här adressen, eller till flera med kommatecken emellan. ' +
    'Ärendets kund är densamma.',
  resend: 'Skicka igen',
  cancel: 'Avbryt',
};
