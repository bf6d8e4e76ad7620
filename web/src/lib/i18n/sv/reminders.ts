import type { Words } from '../en/index.ts';

export const reminders: Words['reminders'] = {
  title: 'Påminnelser',
  bell: (open) => (open === 0 ? 'Påminnelser' : `Påminnelser, ${open} kvar`),
  notDone: (open) => `${open} kvar`,
  kinds: {
    callback: 'Tillbaka från Väntar',
    customer_replied: 'Kunden har svarat',
    invited: 'Du är inbjuden',
    mentioned: 'Du är omnämnd',
    assigned: 'Tilldelat dig',
    delivery_failed: 'Inte levererat',
  },
  other: 'Påminnelse',
  answeredWhilePending: (name) => `${name} svarade medan ärendet väntade`,
  done: 'Klart',
  doneWith: (what, ticket) => `Klart: ${what}, #${ticket}`,
  none: 'Inga påminnelser',
  noneText: 'Här visas återkomster och nyheter om dina ärenden.',
  desktop: {
    offer: 'Visa dem på skrivbordet också',
    allow: 'Tillåt',
    shown: 'Visas på skrivbordet också',
    stop: 'Sluta',
    blocked:
      'Webbläsaren låter inte Postkeep visa dem. Det går att ändra i dess inställningar för sidan.',
    newTickets: 'Nya ärenden också',
    newTicket: (number) => `Nytt ärende #${number}`,
  },
};
