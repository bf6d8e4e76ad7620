/** A mailbox's settings as the fields of its form, and back as what is sent of them. */
import type {
  AssistantMode,
  Direction,
  IncomingBody,
  IncomingShown,
  MailboxBody,
  MailboxSettings,
  ServerBody,
  ServerShown,
  Tls,
} from '../api/mailbox-types.ts';

export type SignIn = 'password' | 'oauth2' | 'none';
export type Trust = 'known' | 'own' | 'any';

export interface ServerFields {
  /** A server of the mailbox's own; else mail takes the desk's way. */
  own: boolean;
  enabled: boolean;
  host: string;
  port: string;
  tls: Tls;
  trust: Trust;
  ca: string;
  signIn: SignIn;
  login: string;
  password: string;
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  scope: string;
}

export interface IncomingFields extends ServerFields {
  folder: string;
  taken: IncomingShown['taken'];
  processedFolder: string;
  existing: IncomingShown['existing'];
}

export interface MailboxFields {
  address: string;
  name: string;
  displayName: string;
  /** One a line, or with commas. */
  aliases: string;
  team: string;
  signature: string;
  signatureHtml: string;
  plusAddresses: boolean;
  acknowledge: boolean;
  assistant: AssistantMode;
  /** One a line, or with commas. */
  origins: string;
  authservId: string;
  incoming: IncomingFields;
  outgoing: ServerFields;
}

/** RFC 8314 and RFC 9051: where each kind of server is found. */
const PORTS = {
  incoming: { implicit: '993', starttls: '143', none: '143' },
  outgoing: { implicit: '465', starttls: '587', none: '25' },
} as const satisfies Record<Direction, Record<Tls, string>>;

/** The port that goes with another encryption; one that was typed stays. */
export function portAfter(direction: Direction, port: string, tls: Tls, next: Tls): string {
  const usual = port.trim() === '' || port.trim() === PORTS[direction][tls];
  return usual ? PORTS[direction][next] : port;
}

/** The form's fields of a mailbox, or of a new one. Secrets are never known, so they are empty. */
export function fieldsOf(mailbox: MailboxSettings | null): MailboxFields {
  const incoming = mailbox?.incoming ?? null;
  return {
    address: mailbox?.address ?? '',
    name: mailbox?.name ?? '',
    displayName: mailbox?.displayName ?? '',
    aliases: (mailbox?.aliases ?? []).join('\n'),
    team: mailbox?.team?.id ?? '',
    signature: mailbox?.signature ?? '',
    signatureHtml: mailbox?.signatureHtml ?? '',
    plusAddresses: mailbox?.plusAddresses ?? true,
    acknowledge: mailbox?.acknowledge ?? false,
    assistant: mailbox?.assistant ?? 'off',
    origins: (mailbox?.origins ?? []).join('\n'),
    authservId: mailbox?.authservId ?? '',
    incoming: {
      ...serverFields('incoming', incoming),
      folder: incoming?.folder ?? 'INBOX',
      taken: incoming?.taken ?? 'move',
      processedFolder: incoming?.processedFolder ?? 'Processed',
      existing: incoming?.existing ?? 'unseen',
    },
    outgoing: serverFields('outgoing', mailbox?.outgoing ?? null),
  };
}

function serverFields(direction: Direction, server: ServerShown | null): ServerFields {
  const tls = server?.tls ?? (direction === 'incoming' ? 'implicit' : 'starttls');
  return {
    own: server !== null,
    enabled: server?.enabled ?? true,
    host: server?.host ?? '',
    port: server === null ? PORTS[direction][tls] : String(server.port),
    tls,
    trust: trustOf(server),
    ca: server?.ca ?? '',
    signIn: signInOf(server),
    login: server?.login ?? '',
    password: '',
    tokenEndpoint: server?.oauth?.tokenEndpoint ?? '',
    clientId: server?.oauth?.clientId ?? '',
    clientSecret: '',
    refreshToken: '',
    scope: server?.oauth?.scope ?? '',
  };
}

function trustOf(server: ServerShown | null): Trust {
  if (server?.anyCertificate) return 'any';
  return server?.ca ? 'own' : 'known';
}

function signInOf(server: ServerShown | null): SignIn {
  if (server?.oauth) return 'oauth2';
  return server !== null && !server.passwordSet ? 'none' : 'password';
}

/** What is sent of the form: all of a new mailbox, else only what was changed. */
export function bodyOf(fields: MailboxFields, known: MailboxSettings | null): MailboxBody {
  const whole = wholeBody(fields);
  if (known === null) return { address: fields.address.trim(), ...whole };
  const before = Object.entries(wholeBody(fieldsOf(known)));
  const same = new Map(before.map(([key, value]) => [key, JSON.stringify(value)]));
  const changed = Object.entries(whole).filter(
    ([key, value]) => same.get(key) !== JSON.stringify(value),
  );
  return Object.fromEntries(changed);
}

function wholeBody(fields: MailboxFields): MailboxBody {
  const { incoming, outgoing } = fields;
  const name = fields.name.trim();
  return {
    // Without a name the server takes the address for one.
    ...(name === '' ? {} : { name }),
    displayName: orNull(fields.displayName),
    aliases: listed(fields.aliases),
    team: orNull(fields.team),
    signature: fields.signature,
    signatureHtml: orNull(fields.signatureHtml),
    plusAddresses: fields.plusAddresses,
    acknowledge: fields.acknowledge,
    assistant: fields.assistant,
    origins: listed(fields.origins),
    authservId: orNull(fields.authservId),
    incoming: incoming.own ? incomingBody(incoming, fields.address) : null,
    outgoing: outgoing.own ? serverBody(outgoing, fields.address) : null,
  };
}

function listed(field: string): string[] {
  return field.split(/[\s,;]+/).filter((one) => one !== '');
}

function incomingBody(fields: IncomingFields, address: string): IncomingBody {
  const { taken, existing } = fields;
  const folder = fields.folder.trim();
  // Where mails are only marked, nobody is asked for a folder to move them to.
  const processedFolder = fields.processedFolder.trim() || 'Processed';
  return { ...serverBody(fields, address), folder, taken, processedFolder, existing };
}

function serverBody(fields: ServerFields, address: string): ServerBody {
  const { enabled, tls, trust } = fields;
  return {
    enabled,
    host: fields.host.trim(),
    ...portIn(fields.port.trim()),
    tls,
    anyCertificate: trust === 'any',
    ca: trust === 'own' ? fields.ca.trim() : null,
    ...signInBody(fields, address),
  };
}

function portIn(text: string): { port?: number | string } {
  if (text === '') return {};
  return { port: /^\d+$/.test(text) ? Number(text) : text };
}

/** A login is always sent with it: null would mean that none is needed. */
function signInBody(fields: ServerFields, address: string): Partial<ServerBody> {
  if (fields.signIn === 'none') return { login: null };
  const login = fields.login.trim() === '' ? address.trim() : fields.login.trim();
  const { password, clientSecret, refreshToken } = fields;
  if (fields.signIn === 'password') return { login, ...(password === '' ? {} : { password }) };
  const oauth = {
    tokenEndpoint: fields.tokenEndpoint.trim(),
    clientId: fields.clientId.trim(),
    scope: orNull(fields.scope),
    ...(clientSecret === '' ? {} : { clientSecret }),
    ...(refreshToken === '' ? {} : { refreshToken }),
  };
  return { login, oauth };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
