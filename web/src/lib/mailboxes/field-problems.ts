/** Which field of the mailbox form a refusal is about. */
import { ApiError, sentence } from '../api/api-error.ts';
import type { MailboxSettings, ServerShown } from '../api/mailbox-types.ts';
import type { Words } from '../i18n/en/index.ts';
import type { Speech } from '../i18n/speech.ts';
import type { IncomingFields, MailboxFields, ServerFields } from './mailbox-fields.ts';

export interface FieldProblems {
  /** By the field's name as the API has it: `incoming.host`. */
  fields: Record<string, string>;
  /** What is about no field that is shown. */
  rest: string | null;
}

const SERVER_FIELDS = [
  'host',
  'port',
  'ca',
  'login',
  'password',
  'oauth.tokenEndpoint',
  'oauth.clientId',
  'oauth.clientSecret',
  'oauth.refreshToken',
  'oauth.scope',
  'folder',
  'processedFolder',
];
const OWN_FIELDS = [
  'address',
  'name',
  'displayName',
  'aliases',
  'signature',
  'signatureHtml',
  'authservId',
  'origins',
];
const SHOWN = new Set([
  ...OWN_FIELDS,
  ...SERVER_FIELDS.flatMap((field) => [`incoming.${field}`, `outgoing.${field}`]),
]);

/** Puts the API's words at the field they are about. */
export function problemsOf(error: unknown, fields: MailboxFields, say: Speech): FieldProblems {
  const words = sentence(error, say);
  if (!(error instanceof ApiError)) return { fields: {}, rest: words };
  const mistakes = mistakesIn(error.extras.errors);
  if (mistakes.length > 0) return placed(mistakes, words, say);
  // The server's own words say which field it is, whatever the agent's language.
  const place = placeOf(error.message, fields);
  return place === null ? { fields: {}, rest: words } : { fields: { [place]: words }, rest: null };
}

interface Mistake {
  field: string;
  problem: string;
}

function placed(mistakes: readonly Mistake[], words: string, { t }: Speech): FieldProblems {
  const fields: Record<string, string> = {};
  for (const { field, problem } of mistakes) {
    const place = field.replace(/\.\d+$/, '');
    if (!SHOWN.has(place)) continue;
    fields[place] ??= t.mailboxes.itIs(problem.replace(`body field "${field}" `, ''));
  }
  return { fields, rest: Object.keys(fields).length > 0 ? null : words };
}

function mistakesIn(value: unknown): Mistake[] {
  return Array.isArray(value) ? value.filter(isMistake) : [];
}

function isMistake(value: unknown): value is Mistake {
  if (typeof value !== 'object' || value === null) return false;
  const { field, problem }: { field?: unknown; problem?: unknown } = value;
  return typeof field === 'string' && typeof problem === 'string';
}

/** Refusals begin with the field, or quote the address that they are about. */
function placeOf(words: string, fields: MailboxFields): string | null {
  const own = /^body field "(\w+)"/.exec(words)?.[1];
  if (own !== undefined) return SHOWN.has(own) ? own : null;
  const named = /^(incoming|outgoing)((?:\.\w+)*)/.exec(words);
  if (named !== null) {
    const [whole, direction] = named;
    const place = whole === direction ? `${direction}.password` : whole;
    return SHOWN.has(place) ? place : null;
  }
  const quoted = /^"([^"]+)"/.exec(words)?.[1]?.toLowerCase();
  if (quoted === undefined) return null;
  if (
    fields.aliases
      .toLowerCase()
      .split(/[\s,;]+/)
      .includes(quoted)
  )
    return 'aliases';
  return fields.address.trim().toLowerCase() === quoted ? 'address' : null;
}

type MissingWords = Words['mailboxes']['missing'];

/** What the server would take in silence for something else than what the form says. */
export function missingIn(
  fields: MailboxFields,
  known: MailboxSettings | null,
  { t }: Speech,
): Record<string, string> {
  const { missing } = t.mailboxes;
  return {
    ...(fields.address.trim() === '' ? { address: missing.address } : {}),
    ...(known !== null && fields.name.trim() === '' ? { name: missing.name } : {}),
    ...missingOf('incoming', fields.incoming, known?.incoming ?? null, missing),
    ...missingFolders(fields.incoming, missing),
    ...missingOf('outgoing', fields.outgoing, known?.outgoing ?? null, missing),
  };
}

function missingOf(
  direction: 'incoming' | 'outgoing',
  fields: ServerFields,
  known: ServerShown | null,
  missing: MissingWords,
): Record<string, string> {
  if (!fields.own) return {};
  const { signIn, trust } = fields;
  const needed = [
    [fields.host, 'host', missing.host],
    ...(trust === 'own' ? [[fields.ca, 'ca', missing.ca]] : []),
    ...(signIn === 'password' && !known?.passwordSet
      ? [[fields.password, 'password', missing.password]]
      : []),
    ...(signIn === 'oauth2' ? oauthNeeded(fields, known, missing) : []),
  ];
  return emptyOf(direction, needed);
}

function oauthNeeded(
  fields: ServerFields,
  known: ServerShown | null,
  missing: MissingWords,
): string[][] {
  const keepsToken = known?.oauth?.refreshTokenSet === true;
  return [
    [fields.tokenEndpoint, 'oauth.tokenEndpoint', missing.tokenEndpoint],
    [fields.clientId, 'oauth.clientId', missing.clientId],
    ...(keepsToken ? [] : [[fields.refreshToken, 'oauth.refreshToken', missing.refreshToken]]),
  ];
}

function missingFolders(fields: IncomingFields, missing: MissingWords): Record<string, string> {
  if (!fields.own) return {};
  const moves = fields.taken === 'move';
  return emptyOf('incoming', [
    [fields.folder, 'folder', missing.folder],
    ...(moves ? [[fields.processedFolder, 'processedFolder', missing.folder]] : []),
  ]);
}

/** What is said of those that are empty; each is its text, its name, and the words. */
function emptyOf(direction: string, needed: readonly string[][]): Record<string, string> {
  const empty = needed.filter(([text = '']) => text.trim() === '');
  return Object.fromEntries(
    empty.map(([, field = '', words = '']) => [`${direction}.${field}`, words]),
  );
}
