import { counted } from '../counted.ts';

/** "Erik", "Erik and Sara", "Erik, Sara and Bo" */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Who else is here, and how the connection is. */
export const live = {
  presence: 'Who else is here',
  typingNote: (names: readonly string[]) =>
    `${listed(names)} ${names.length === 1 ? 'is' : 'are'} typing a note`,
  reading: (names: readonly string[]) =>
    `${listed(names)} ${names.length === 1 ? 'is' : 'are'} reading this`,
  answering: (names: readonly string[]) =>
    `${listed(names)} ${names.length === 1 ? 'is' : 'are'} answering too.`,
  draftJustBegun: (count: number): string =>
    count === 1 ? 'The draft was just begun.' : 'Their drafts were just begun.',
  draftAge: (minutes: number, count: number): string =>
    count === 1
      ? `The draft is ${counted(minutes, 'minute', 'minutes')} old.`
      : `The oldest draft is ${counted(minutes, 'minute', 'minutes')} old.`,
  viewedBy: (names: readonly string[]) => `Read by ${listed(names)} now`,
  noConnection: 'No connection. Drafts are kept here.',
  nextTry: (seconds: number) => `Next try in ${seconds} s`,
  trying: 'Trying…',
  tryNow: 'Try now',
};
