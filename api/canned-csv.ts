import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

import type { AfterSend, CannedResponse } from '../database/queries/canned-responses.ts';
import { DAYS_MAX, FOLDER_CHARS_MAX, LABELS_MAX } from './schemas/canned-response.ts';
import { NAME_CHARS_MAX, TEXT_CHARS_MAX } from './schemas/settings.ts';

/** More than a company writes in years; a longer file is one of something else. */
export const CANNED_ROWS_MAX = 2_000;

const columns = ['folder', 'title', 'text', 'labels', 'after_send', 'for'] as const;

/** Between labels within one field: names may have commas; one within a name is `\\;`. */
const LABEL_MARK = ';';
const BETWEEN_LABELS = /(?<!\\);/;

/** What spreadsheets would take for a formula; the exporter puts an apostrophe before it. */
const GUARDED = /^'(?=[=+\-@\t\r])/;

export interface CannedRow {
  /** Where it ends in the file, from 1. */
  line: number;
  folder: string;
  title: string;
  body: string;
  /** Left out where the file has no such column: what is known stays. */
  labels?: string[];
  /** As the labels. */
  afterSend?: AfterSend | null;
  personal: boolean;
}

export interface RowProblem {
  line: number;
  reason: string;
}

/** RFC 4180 with a heading, in UTF-8 with a byte order mark, so that Excel reads it as such. */
export function cannedCsv(responses: readonly CannedResponse[]): string {
  const rows = responses.map(({ folder, title, body, labels, afterSend, personal }) => ({
    folder,
    title,
    text: body,
    labels: labels.map((name) => name.replaceAll(LABEL_MARK, '\\;')).join(`${LABEL_MARK} `),
    after_send: afterSendWords(afterSend),
    for: personal ? 'me' : 'everybody',
  }));
  return stringify(rows, { header: true, columns: [...columns], bom: true, escape_formulas: true });
}

/**
 * The rows of such a file, or of one that somebody made by hand: `title` and `text` are needed,
 * other columns may be missing, in any order. A row that is wrong is told with its line; the
 * others are given all the same.
 */
export function readCannedCsv(csv: string): { rows: CannedRow[]; problems: RowProblem[] } {
  const read = records(csv);
  if ('reason' in read) return { rows: [], problems: [read] };
  const rows: CannedRow[] = [];
  const problems: RowProblem[] = [];
  for (const { line, field } of read.records) {
    const row = rowOf(line, field);
    if ('reason' in row) problems.push(row);
    else rows.push(row);
  }
  return { rows, problems };
}

/** Undefined where the file has no such column. */
type Field = (name: string) => string | undefined;

function records(csv: string): { records: { line: number; field: Field }[] } | RowProblem {
  try {
    const endsAt: number[] = [];
    const [heading = [], ...rows] = parse(csv, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(csv),
      on_record: (record: string[], { lines }) => {
        endsAt.push(lines);
        return record;
      },
    });
    const names = heading.map((name) => name.trim().toLowerCase());
    const missing = ['title', 'text'].find((name) => !names.includes(name));
    if (missing !== undefined) {
      const reason = `The first line has to name the columns; "${missing}" is not among them.`;
      return { line: 1, reason };
    }
    if (rows.length > CANNED_ROWS_MAX) {
      const reason = `There are ${rows.length} rows; one file may have ${CANNED_ROWS_MAX}.`;
      return { line: 1, reason };
    }
    return {
      records: rows.map((record, place) => ({
        line: endsAt[place + 1] ?? 0,
        field: (name) =>
          names.includes(name)
            ? (record[names.indexOf(name)] ?? '').replace(GUARDED, '')
            : undefined,
      })),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line: Number(error.lines ?? 1), reason: `This is no CSV: ${error.message}.` };
  }
}

/** Spreadsheets of countries with a decimal comma write semicolons between fields. */
function delimiterOf(csv: string): string {
  const heading = csv.slice(0, csv.search(/\r|\n|$/));
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: heading.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

function rowOf(line: number, field: Field): CannedRow | RowProblem {
  const sending = field('after_send');
  const afterSend = sending === undefined ? null : readAfterSend(sending);
  if (afterSend === undefined) {
    const known = '"solve", "solve with summary" or "pend 3 days"';
    return { line, reason: `after_send is "${sending}"; it may be ${known}.` };
  }
  const labels = field('labels');
  const row: CannedRow = {
    line,
    title: (field('title') ?? '').trim(),
    body: field('text') ?? '',
    folder: namesIn(field('folder') ?? '', '/').join('/'),
    ...(labels !== undefined && { labels: labelsIn(labels) }),
    ...(sending !== undefined && { afterSend }),
    personal: /^(me|personal)$/i.test((field('for') ?? '').trim()),
  };
  const reason = misfit(row);
  return reason === null ? row : { line, reason };
}

function labelsIn(field: string): string[] {
  return namesIn(field, BETWEEN_LABELS).map((name) => name.replaceAll('\\;', LABEL_MARK));
}

function namesIn(field: string, mark: string | RegExp): string[] {
  const names = field.split(mark).map((name) => name.trim());
  return names.filter((name) => name !== '');
}

/** What a caller of the API would be refused for; null when all is well. */
function misfit({ title, body, folder, labels = [] }: CannedRow): string | null {
  if (title === '') return 'The title is empty.';
  if (body.trim() === '') return 'The text is empty.';
  const texts = [
    ['title', title, NAME_CHARS_MAX] as const,
    ['text', body, TEXT_CHARS_MAX] as const,
    ['folder', folder, FOLDER_CHARS_MAX] as const,
    ...labels.map((label) => ['label', label, NAME_CHARS_MAX] as const),
  ];
  for (const [what, words, max] of texts) {
    if (words.length > max) return `The ${what} has ${words.length} letters; ${max} are allowed.`;
  }
  return labels.length > LABELS_MAX ? `It has ${labels.length} labels, not ${LABELS_MAX}.` : null;
}

function afterSendWords(after: AfterSend | null): string {
  if (after?.pend) return `pend ${after.pend.days} ${after.pend.days === 1 ? 'day' : 'days'}`;
  if (after?.solve) return after.solve.summary ? 'solve with summary' : 'solve';
  return '';
}

/** Undefined: not understood. */
function readAfterSend(words: string): AfterSend | null | undefined {
  const said = words.trim().toLowerCase();
  if (said === '') return null;
  if (said === 'solve') return { solve: { summary: false } };
  if (said === 'solve with summary') return { solve: { summary: true } };
  const days = /^pend ([1-9]\d{0,2}) days?$/.exec(said)?.[1];
  if (days === undefined || Number(days) > DAYS_MAX) return undefined;
  return { pend: { days: Number(days) } };
}
