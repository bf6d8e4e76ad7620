import { cleanLine } from '../clean-text.ts';

/** RFC 5545 lines of one event; a meeting with hundreds of guests has about 1,000. */
const LINES_MAX = 5_000;

const TITLE_CHARS_MAX = 300;

const TITLES: { [method: string]: string } = {
  REQUEST: 'Invitation',
  CANCEL: 'Cancelled',
  REPLY: 'Answer to an invitation',
  COUNTER: 'Another time is proposed',
};

const ANSWERS: { [status: string]: string } = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'accepted for now',
};

interface Field {
  params: string;
  value: string;
}

/**
 * What an invitation says (RFC 5545, 5546), in lines for people: what, when, where, who. '' when
 * there is no event in it. Times are shown in the zone that the sender wrote them in.
 */
export function describeCalendar(source: string): string {
  const lines = source.replace(/\r?\n[ \t]/g, '').split(/\r?\n/, LINES_MAX);
  const begin = lines.findIndex((line) => /^BEGIN:VEVENT\s*$/i.test(line));
  if (begin < 0) return '';
  const end = lines.findIndex((line, index) => index > begin && /^END:VEVENT/i.test(line));
  const fields = fieldsOf(lines.slice(begin + 1, end < 0 ? lines.length : end));
  const method = fieldsOf(lines.slice(0, begin)).get('METHOD')?.value.toUpperCase() ?? '';
  const rows = [
    `${TITLES[method] ?? 'Event'}: ${textOf(fields.get('SUMMARY')) || '(no title)'}`,
    row('When', timeOf(fields)),
    row('Repeats', /FREQ=(\w+)/i.exec(fields.get('RRULE')?.value ?? '')?.[1]?.toLowerCase() ?? ''),
    row('Where', textOf(fields.get('LOCATION'))),
    row('Organizer', personOf(fields.get('ORGANIZER'))),
    method === 'REPLY' ? row('Answer', answerOf(fields.get('ATTENDEE'))) : '',
  ];
  return rows.filter((line) => line !== '').join('\n');
}

function fieldsOf(lines: readonly string[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  let depth = 0;
  for (const line of lines) {
    const match = /^([\w-]{1,40})((?:;[^:"]{0,500}(?:"[^"]{0,500}"[^:"]{0,500})*)?):(.*)$/.exec(
      line,
    );
    const name = match?.[1]?.toUpperCase() ?? '';
    // Alarms within an event have fields of the same names.
    if (name === 'BEGIN') depth += 1;
    else if (name === 'END') depth -= 1;
    else if (name !== '' && depth <= 0 && !fields.has(name)) {
      fields.set(name, { params: match?.[2] ?? '', value: match?.[3] ?? '' });
    } else if (name === 'METHOD') fields.set(name, { params: '', value: match?.[3] ?? '' });
  }
  return fields;
}

function row(name: string, value: string): string {
  return value === '' ? '' : `${name}: ${value}`;
}

function textOf(field: Field | undefined): string {
  const text = (field?.value ?? '').replace(/\\n/gi, ' ').replace(/\\([,;\\])/g, '$1');
  return cleanLine(text, TITLE_CHARS_MAX);
}

function timeOf(fields: ReadonlyMap<string, Field>): string {
  const start = fields.get('DTSTART');
  const from = momentOf(start);
  if (from === '') return '';
  const to = momentOf(fields.get('DTEND'));
  const zone = /TZID="?([^;:"]{1,80})/i.exec(start?.params ?? '')?.[1] ?? '';
  const isUtc = start?.value.trim().endsWith('Z') ?? false;
  const named = isUtc ? ' UTC' : zone === '' ? '' : ` (${cleanLine(zone, 80)})`;
  if (to === '' || to === from) return `${from}${named}`;
  const isSameDay = to.slice(0, 10) === from.slice(0, 10) && to.length > 10;
  return `${from} – ${isSameDay ? to.slice(11) : to}${named}`;
}

/** `20251118T100000Z` as `2025-11-18 10:00`; a whole day has no time. */
function momentOf(field: Field | undefined): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(field?.value.trim() ?? '');
  if (!match) return '';
  const [, year, month, day, hour, minute] = match;
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date} ${hour}:${minute}`;
}

function personOf(field: Field | undefined): string {
  const address = (field?.value ?? '').replace(/^mailto:/i, '').trim();
  const name = /CN=(?:"([^"]{1,200})"|([^;:"]{1,200}))/i.exec(field?.params ?? '');
  const shown = name?.[1] ?? name?.[2] ?? '';
  return cleanLine(shown === '' ? address : `${shown} <${address}>`, TITLE_CHARS_MAX);
}

function answerOf(field: Field | undefined): string {
  const status = /PARTSTAT=([\w-]+)/i.exec(field?.params ?? '')?.[1]?.toUpperCase() ?? '';
  const person = personOf(field);
  return person === '' ? '' : `${ANSWERS[status] ?? 'no answer yet'} by ${person}`;
}
