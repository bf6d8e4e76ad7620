import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import type { Condition } from './views.ts';

/** Each word is looked for on its own; nobody types more, and each costs a pass. */
const WORDS_MAX = 8;

/** Letters before the word that was found, and of the whole passage: a line of a list. */
const PASSAGE_BEFORE_CHARS = 40;
const PASSAGE_CHARS = 160;

const A_NUMBER = /^#?(\d{1,9})$/;

/** The ticket's number, where nothing but a number is sought: `1042` or `#1042`. */
export function bareNumber(q: string): number | null {
  const [, digits] = A_NUMBER.exec(q.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Tickets in which every word stands somewhere: subject, customer, mails, notes or labels. */
export function textCondition(q: string): Condition[] {
  return wordsOf(q).map(wordCondition);
}

function wordsOf(q: string): string[] {
  const words = q.split(/\s+/).filter((word) => word !== '');
  return words.slice(0, WORDS_MAX);
}

/**
 * For each of these tickets the place in its newest mail that has one of the words; none for
 * tickets that were found by their subject, customer, notes or labels alone.
 */
export async function readPassages(
  trx: CompanyTransaction,
  q: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  const words = wordsOf(q);
  if (words.length === 0 || numbers.length === 0) return new Map();
  const rows = await select<{ ticket: number; passage: string }>(
    trx,
    `select distinct on (m.ticket) m.ticket,
       substring(m.text from greatest(found.place - ?::int, 1) for ?::int) as passage
     from message m
     cross join lateral (select min(strpos(lower(m.text), lower(w.word))) as place
       from unnest(?::text[]) w(word) where strpos(lower(m.text), lower(w.word)) > 0) found
     where m.ticket = any(?::int[]) and m.kind <> 'reminder' and found.place > 0
     order by m.ticket, m.at desc`,
    [PASSAGE_BEFORE_CHARS, PASSAGE_CHARS, words, [...numbers]],
  );
  return new Map(rows.map(({ ticket, passage }) => [ticket, wholeWords(passage)]));
}

/** One line, without marks of quotation and the half of a word at its beginning. */
function wholeWords(passage: string): string {
  const line = passage.replace(/^\s*>+|\n[\s>]+|\s+/g, ' ');
  const cut = line.length >= PASSAGE_BEFORE_CHARS ? line.replace(/^\S{0,20}\s/, '') : line;
  return cut.trim();
}

function wordCondition(word: string): Condition {
  const pattern = likePattern(word);
  const [, number] = A_NUMBER.exec(word) ?? [];
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
