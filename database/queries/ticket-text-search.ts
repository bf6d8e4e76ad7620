import type { Condition } from './views.ts';

/** Each word is looked for on its own; nobody types more, and each costs a pass. */
const WORDS_MAX = 8;

/** Tickets in which every word stands somewhere: subject, customer, mails, notes or labels. */
export function textCondition(q: string): Condition[] {
  const words = q.split(/\s+/).filter((word) => word !== '');
  return words.slice(0, WORDS_MAX).map(wordCondition);
}

function wordCondition(word: string): Condition {
  const pattern = likePattern(word);
  const [, number] = /^#?(\d{1,9})$/.exec(word) ?? [];
  return {
    sql: `(t.number = ?::int or t.subject ilike ?
      or exists (select from customer c where c.company = t.company and c.id = t.customer
        and (c.name ilike ? or c.email ilike ?))
      or exists (select from message m where m.company = t.company and m.ticket = t.number
        and m.kind <> 'reminder' and m.text ilike ?)
      or exists (select from ticket_event e
        join note n on n.company = e.company and n.id = e.data->>'note'
        where e.company = t.company and e.ticket = t.number and e.type = 'noted'
        and n.text ilike ?)
      or exists (select from ticket_label i
        join label l on l.company = i.company and l.id = i.label
        where i.company = t.company and i.ticket = t.number and l.name ilike ?))`,
    bindings: [number === undefined ? null : Number(number), ...Array<string>(6).fill(pattern)],
  };
}

/** Finds the text as it stands: % and _ in it mean themselves. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
