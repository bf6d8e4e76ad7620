import type { NextItem } from '../api/types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';

export interface NextWords {
  icon: IconName;
  tone: string;
  title: string;
  detail: string;
  /** "this callback date": for the names of its buttons. */
  thing: string;
}

/** What an armed timer will do, when, why, and who set it. */
export function nextWords(
  item: NextItem,
  now: number,
  customer: string,
  me: string,
  say: Speech,
): NextWords {
  const at = say.dates.planned(item.at, now);
  const setter = item.by?.name;
  const mine = item.by?.id === me;
  const by = setter === undefined ? '' : `Set by ${mine ? 'you' : setter}`;
  const why = item.reason ? `: ${item.reason}` : '';
  switch (item.kind) {
    case 'callback':
      return {
        icon: 's-pending',
        tone: 's-pending',
        title: `Returns to Open ${at}`,
        detail: sentences(`${by}${why}`, `At once if ${customer} writes`),
        thing: 'callback',
      };
    case 'autoSolve':
      return {
        icon: 'autosolve',
        tone: '',
        title: `Solves ${at}`,
        detail: sentences(`${by}${why}`, `Cancelled if ${customer} writes`),
        thing: 'solving date',
      };
    case 'send':
      return {
        icon: 'calendar',
        tone: '',
        title: `Mail leaves ${at}`,
        detail: sentences(
          by === '' ? '' : `Written by ${mine ? 'you' : setter}`,
          item.reason ?? '',
        ),
        thing: 'mail',
      };
    case 'close':
      return {
        icon: 'lock',
        tone: '',
        title: `Closes for good ${at}`,
        detail: 'Later mail makes a follow-up.',
        thing: 'closing',
      };
  }
}

function sentences(...parts: string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (part.endsWith('.') ? part : `${part}.`))
    .join(' ');
}
