import { counted } from '../counted.ts';
import type { Words } from '../en/index.ts';

export const agents: Words['agents'] = {
  agent: 'Handläggare',
  roleAndTeams: 'Roll och team',
  howItIs: 'Läge',
  failed: 'Handläggarna kunde inte hämtas',
  nobody: 'Inga handläggare än',
  nobodyHint: 'Bjud in den första via mejl.',
  itsYou: '(du)',
  inNoTeam: 'inget team',
  roles: { agent: 'Handläggare', admin: 'Administratör' },
  roleHint: {
    agent: 'Arbetar med ärenden.',
    admin: 'Arbetar med ärenden och får ändra alla inställningar.',
  },

  active: 'Aktiv',
  deactivated: 'Inaktiverad',
  invited: 'Inbjuden',
  expired: 'Inbjudan har gått ut',
  notSent: 'Inbjudan kunde inte skickas',
  uncertain: 'Ingen vet om inbjudan kom fram',
  noPassword: 'Har inget lösenord än',
  neverSeen: 'har aldrig varit här',
  seen: (ago) => `sågs senast ${ago}`,
  mail: {
    waiting: (ago) => `mejlet väntar på att skickas, skrevs ${ago}`,
    sent: (ago) => `mejlet skickades ${ago}`,
    failed: (ago) => `försökte ${ago}`,
    uncertain: (ago) => `försökte ${ago}`,
    dropped: (ago) => `skrevs ${ago} men skickades inte`,
  },
  worksUntil: (date) => `gäller till ${date}`,

  invite: 'Bjud in en handläggare',
  email: 'E-post',
  emailHint: 'Dit går inbjudan. Adressen används också för att logga in.',
  emailChangeHint: 'Används för att logga in. En öppen inbjudan skickas på nytt.',
  emailWrong: 'Skriv en adress, till exempel bo@acme.test.',
  role: 'Roll',
  noTeams: 'Det finns inget team än.',
  sendInvitation: 'Skicka inbjudan',
  editAgent: (name) => `Redigera ${name}`,

  edit: 'Redigera',
  editNamed: (name) => `Redigera ${name}`,
  sendAgain: 'Skicka igen',
  sendAgainTo: (name) => `Skicka inbjudan till ${name} igen`,
  copyLink: 'Kopiera länk',
  copyLinkOf: (name) => `Kopiera länken för ${name}`,
  withdraw: 'Dra tillbaka…',
  withdrawOf: (name) => `Dra tillbaka inbjudan till ${name}`,
  deactivate: 'Inaktivera…',
  deactivateNamed: (name) => `Inaktivera ${name}`,
  activate: 'Aktivera',
  activateNamed: (name) => `Aktivera ${name}`,

  invitedNow: (name) => `${name} är inbjuden`,
  saved: (name) => `${name} är sparad`,
  deactivatedNow: (name) => `${name} är inaktiverad`,
  goBackNow: (n) => `${counted(n, 'ärende', 'ärenden')} går tillbaka till Nya`,
  activatedNow: (name) => `${name} är aktiv igen`,
  withdrawnNow: (name) => `Inbjudan till ${name} är tillbakadragen`,

  deactivateTitle: (name) => `Inaktivera ${name}?`,
  deactivates:
    'Handläggaren loggas ut överallt och kan varken logga in eller få ärenden. Det som har ' +
    'gjorts står kvar i samma namn, och handläggaren kan aktiveras igen.',
  goBack: (n) =>
    n === 0
      ? 'Handläggaren har inga öppna eller väntande ärenden.'
      : `${counted(n, 'öppet eller väntande ärende', 'öppna och väntande ärenden')} går tillbaka ` +
        'till Nya; bevakningar på dem avbryts.',
  deactivateNow: 'Inaktivera',
  withdrawTitle: (name) => `Dra tillbaka inbjudan till ${name}?`,
  withdraws: 'Länken slutar gälla genast. Personen står som inaktiverad och kan bjudas in igen.',
  withdrawNow: 'Dra tillbaka',
  linkOf: (name) => `Inbjudningslänk för ${name}`,
  linkHint: (name) =>
    `Den som har länken blir ${name} här. Den fungerar en gång, så ge den inte till någon annan.`,
  link: 'Länk',
  done: 'Klar',
};
