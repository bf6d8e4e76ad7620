import { assertNever } from '../../errors.ts';
import type { CommandOf } from '../commands.ts';
import { refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import { remind } from './reminding.ts';

/** Labels, notes and the subject: allowed in every state, closed too, never seen by customers. */
export function attribute(
  on: On,
  command: CommandOf<'label' | 'unlabel' | 'note' | 'rename'>,
): Decision {
  const { ticket, facts } = on;
  switch (command.type) {
    case 'label': {
      if (!facts.label) return refuse('not_found', `There is no label "${command.label}".`);
      const { id } = facts.label;
      return { events: ticket.labels.includes(id) ? [] : [{ type: 'labelled', label: id }] };
    }
    case 'unlabel': {
      const id = facts.label?.id;
      if (id === undefined || !ticket.labels.includes(id)) return { events: [] };
      return { events: [{ type: 'unlabelled', label: id }] };
    }
    case 'note': {
      if (!facts.note) {
        return refuse('not_found', `There is no note "${command.note}" on this ticket.`);
      }
      const told = facts.note.mentions.filter((agent) => agent !== command.by);
      return {
        events: [{ type: 'noted', note: facts.note.id }, ...remind(on, 'mentioned', told, 1)],
      };
    }
    case 'rename':
      if (!facts.text) return refuse('not_found', `There is no text "${command.subject}".`);
      return {
        events:
          ticket.subject === facts.text.id ? [] : [{ type: 'renamed', subject: facts.text.id }],
      };
    default:
      return assertNever(command);
  }
}
