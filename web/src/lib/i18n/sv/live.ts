import { counted } from '../counted.ts';
import type { Words } from '../en/index.ts';

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} och ${names.at(-1)}`;

export const live: Words['live'] = {
  presence: 'Vilka andra som är här',
  typingNote: (names) => `${listed(names)} skriver en anteckning`,
  reading: (names) => `${listed(names)} läser det här`,
  answering: (names) => `${listed(names)} svarar också.`,
  draftJustBegun: (count) =>
    count === 1 ? 'Utkastet är alldeles nytt.' : 'Utkasten är alldeles nya.',
  draftAge: (minutes, count) =>
    count === 1
      ? `Utkastet är ${counted(minutes, 'minut', 'minuter')} gammalt.`
      : `Det äldsta utkastet är ${counted(minutes, 'minut', 'minuter')} gammalt.`,
  viewedBy: (names) => `Läses av ${listed(names)} just nu`,
  noConnection: 'Ingen anslutning. Utkasten finns kvar här.',
  nextTry: (seconds) => `Nästa försök om ${seconds} s`,
  trying: 'Försöker…',
  tryNow: 'Försök nu',
};
