import type { Words } from '../en/index.ts';

export const parts: Words['parts'] = {
  close: 'Stäng',
  tryAgain: 'Försök igen',
  heldBack: (threat) => `Hålls tillbaka: ${threat}`,
  mayHarm: (what) =>
    `${what} kan skada datorn som öppnar det. ` +
    'Ladda bara ner det för att undersöka det, där det är säkert.',
  leaveIt: 'Låt bli',
  downloadAnyway: 'Ladda ner ändå',
  reports: 'Meddelanden',
  inSeconds: (n) => `om ${n} s`,
  closeReport: 'Stäng meddelandet',
  someone: 'Någon',
};
