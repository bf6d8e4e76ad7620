import type { Speech } from '../i18n/speech.ts';
import type { Filter } from './filters.ts';

/** The two parts of a chip: "Mailbox is" and "support@acme.test". `name`: of what its id names. */
export function filterWords(
  { key, value }: Filter,
  name: string | null,
  say: Speech,
): { what: string; value: string } {
  const { list } = say.t;
  const { filters } = list;
  const day = () => say.dates.shortDay(Date.parse(value));
  switch (key) {
    case 'state':
      return { what: list.is(filters.state), value: stateWord(value, say) };
    case 'turn':
      return {
        what: list.is(filters.turn),
        value: list.turns[value === 'ours' ? value : 'customer'],
      };
    case 'unread':
      return { what: '', value: list.unreads[value === 'true' ? value : 'false'] };
    case 'waitingHours':
      return { what: filters.waiting, value: list.overHours(Number(value)) };
    case 'createdFrom':
      return { what: filters.created, value: list.since(day()) };
    case 'createdBefore':
      return { what: filters.created, value: list.before(day()) };
    case 'lastFrom':
      return { what: filters.last, value: list.since(day()) };
    case 'lastBefore':
      return { what: filters.last, value: list.before(day()) };
    case 'solvedFrom':
      return { what: filters.solved, value: list.since(day()) };
    case 'solvedBefore':
      return { what: filters.solved, value: list.before(day()) };
    case 'solver':
      return { what: filters.solver, value: name ?? list.unknown };
    case 'number':
      return { what: list.is(filters.number), value: `#${value}` };
    case 'label':
    case 'customer':
    case 'owner':
    case 'team':
    case 'mailbox':
      return { what: list.is(filters[key]), value: name ?? list.unknown };
  }
}

function stateWord(value: string, { t }: Speech): string {
  const known = Object.entries(t.list.states).find(([state]) => state === value);
  return known?.[1] ?? value;
}
