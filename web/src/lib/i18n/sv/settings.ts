import type { Words } from '../en/index.ts';

export const settings: Words['settings'] = {
  title: 'Inställningar',
  menu: 'Meny',
  toSettings: 'Till inställningarna',
  pages: {
    company: 'Företaget',
    teams: 'Team',
    agents: 'Handläggare',
    mailboxes: 'Brevlådor',
    labels: 'Etiketter',
    canned: 'Färdiga svar',
    texts: 'Gränser och texter',
    tokens: 'API-nycklar',
    audit: 'Ändringslogg',
    profile: 'Profil',
  },
  you: 'Du',
  forAdmins: 'Inställningarna är till för administratörer',
  askAnAdmin: (company) =>
    `Du är inloggad som handläggare. En administratör på ${company} kan ändra dem.`,
  restIsForAdmins: 'Övriga inställningar är till för administratörer.',
};
