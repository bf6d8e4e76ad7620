import type { Words } from '../en/index.ts';

export const welcome: Words['welcome'] = {
  invitation: 'Inbjudan',
  newPassword: 'Nytt lösenord',
  opening: 'Öppnar länken…',
  toCompany: (company) => `Du är inbjuden till ${company}`,
  signsInAs: (email) => `Du loggar in med ${email}.`,
  yourName: 'Ditt namn',
  nameHint: 'Så ser kollegor och kunder det.',
  nameMissing: 'Skriv ditt namn.',
  password: 'Välj ett lösenord',
  passwordHint: 'Minst 8 tecken. Några ord i rad är bra.',
  tooShort: 'Minst 8 tecken.',
  join: 'Börja',
  saving: 'Ett ögonblick…',
  choose: 'Välj lösenordet',
  newPasswordFor: (email) => `Nytt lösenord för ${email}`,
  endsOthers: 'Du loggas ut överallt annars.',
  linkOver: 'Länken gäller inte längre',
  over: {
    used: 'Den har redan använts. Logga in med lösenordet som valdes då.',
    ended: {
      invitation:
        'Den har ersatts eller dragits tillbaka. Leta efter ett nyare mejl, eller be om en ' +
        'inbjudan.',
      password: 'En nyare har skickats. Leta efter det senaste mejlet, eller be om en ny länk.',
    },
    expired: {
      invitation: 'Den gällde i sju dagar. Be den som bjöd in dig att skicka den igen.',
      password: 'Den gällde i två timmar. Be om en ny länk.',
    },
  },
  linkUnknown: 'Länken finns inte',
  linkUnknownHint: 'Se efter att hela länken kopierades från mejlet, ända till slutet.',
  notOpened: 'Länken kunde inte öppnas',
  notSaved: 'Det gick inte',
  toSignIn: 'Till inloggningen',
  forgot: 'Glömt lösenordet?',
  forgotTitle: 'Nytt lösenord',
  forgotLead:
    'Skriv e-postadressen som du loggar in med. Dit skickas en länk för att välja ett nytt ' +
    'lösenord.',
  sendLink: 'Skicka länken',
  addressMissing: 'Skriv din e-postadress.',
  sentTitle: 'Titta i din inkorg',
  sent: (email) =>
    `Om en handläggare loggar in med ${email} är en länk på väg. Den gäller i två timmar.`,
};
