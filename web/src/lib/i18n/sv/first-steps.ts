import type { Words } from '../en/index.ts';

export const firstSteps: Words['firstSteps'] = {
  title: 'Första stegen',
  lead: (done, all) => `${done} av ${all} klara. Varje steg bockas av när det är gjort.`,
  allDone: 'Allt är klart. Ha det så trevligt med dina kunder.',
  notLoaded: 'De första stegen kunde inte hämtas',
  done: 'Klart',
  toDo: 'Att göra',
  putAway: 'Göm',
  putAwayHint: 'De finns kvar på /first-steps.',
  notPutAway: (why) => `Inte gömda. ${why}`,
  steps: {
    mailbox: 'Anslut en brevlåda',
    invited: 'Bjud in en kollega',
    testMail: 'Skicka ett testmejl till dig själv',
    form: 'Publicera kontaktformuläret',
  },
  why: {
    mailbox: 'Så blir mejl till er adress ärenden, och svaren går ut därifrån.',
    invited: 'Två ser mer än en: ärenden tas, lämnas över och diskuteras i anteckningar.',
    testMail: (address) =>
      `Skriv från ditt eget mejlprogram till ${address}. Det dyker upp under Nya.`,
    testMailWithout: 'När det finns en brevlåda: skriv till den från ditt eget mejlprogram.',
    form:
      'Där hittar kunderna svar, och skriver till er när det inte finns något. Steget är klart ' +
      'när det första meddelandet har kommit in.',
    formWithout: 'När det finns en brevlåda står dess kontaktformulär här.',
  },
  go: {
    mailbox: 'Till brevlådorna',
    invited: 'Till handläggarna',
    testMail: 'Skriv det nu',
  },
  copyForm: 'Kopiera formuläret',
  copied: 'Kopierat',
  formCode: 'Formuläret som HTML',
  formFields: {
    name: 'Namn',
    email: 'E-post',
    subject: 'Ämne',
    text: 'Meddelande',
    send: 'Skicka',
  },
};
