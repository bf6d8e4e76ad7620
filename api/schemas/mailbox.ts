import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { assistantModes } from '../../database/queries/mailboxes.ts';
import { serverSteps } from '../../mail/servers/server-problem.ts';
import { Id, Named, orNull, strict } from './basics.ts';
import { oneOf } from './one-of.ts';
import { Address, Name, Signature } from './settings.ts';

/** A host name ends at 253 characters (RFC 1035, 2.3.4). */
const HOST_CHARS_MAX = 253;
/** Tokens of large providers have up to 2,000 characters. */
const SECRET_CHARS_MAX = 8_000;
const TEXT_CHARS_MAX = 1_000;
/** Twenty lines with their markup and a picture's address. */
const SIGNATURE_HTML_CHARS_MAX = 20_000;
/** More addresses are another mailbox. */
const ALIASES_MAX = 100;
/** A company with more sites has a list that nobody looks through. */
const ORIGINS_MAX = 50;
const PORT_MAX = 65_535;

/** A few certificates of 2 KB each. */
const CA_CHARS_MAX = 64 * 1024;

const tlsModes = ['implicit', 'starttls', 'none'] as const;

const Host = Type.String({ minLength: 1, maxLength: HOST_CHARS_MAX, pattern: '^[^\\s/@]+$' });
const Secret = Type.String({ minLength: 1, maxLength: SECRET_CHARS_MAX });
const Text = Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX });
const Folder = Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX });

const OauthGiven = strict({
  tokenEndpoint: Text,
  clientId: Text,
  clientSecret: Type.Optional(orNull(Secret)),
  refreshToken: Type.Optional(Secret),
  scope: Type.Optional(orNull(Text)),
});

const serverGiven = {
  enabled: Type.Optional(Type.Boolean({ description: 'false: the settings are kept, not used' })),
  host: Type.Optional(Host),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: PORT_MAX })),
  tls: Type.Optional(oneOf(tlsModes)),
  anyCertificate: Type.Optional(
    Type.Boolean({ description: 'Take certificates that nobody vouches for' }),
  ),
  ca: Type.Optional(
    orNull(
      Type.String({
        description: 'PEM: the authorities that vouch for its certificate; null: the usual ones',
        minLength: 1,
        maxLength: CA_CHARS_MAX,
      }),
    ),
  ),
  login: Type.Optional(orNull(Text)),
  password: Type.Optional(Secret),
  oauth: Type.Optional(OauthGiven),
};

/** How to read the mailbox by IMAP. What is left out stays as it is; null ends it. */
export const IncomingGiven = strict({
  ...serverGiven,
  folder: Type.Optional(Folder),
  taken: Type.Optional(oneOf(['move', 'seen'])),
  processedFolder: Type.Optional(Folder),
  existing: Type.Optional(oneOf(['unseen', 'all', 'none'])),
});

/** How the mailbox sends by SMTP. What is left out stays as it is; null means the desk's server. */
export const OutgoingGiven = strict(serverGiven);
export type IncomingGiven = Static<typeof IncomingGiven>;
export type OutgoingGiven = Static<typeof OutgoingGiven>;

/** What can be said of a mailbox besides its address. */
export const mailboxFields = {
  name: Type.Optional(Name),
  displayName: Type.Optional(orNull(Name)),
  team: Type.Optional(orNull(Id)),
  signature: Type.Optional(Signature),
  signatureHtml: Type.Optional(orNull(Type.String({ maxLength: SIGNATURE_HTML_CHARS_MAX }))),
  aliases: Type.Optional(Type.Array(Address, { maxItems: ALIASES_MAX })),
  plusAddresses: Type.Optional(
    Type.Boolean({ description: 'false where the provider refuses local+token@domain' }),
  ),
  authservId: Type.Optional(
    orNull(
      Type.String({
        description: 'The server whose Authentication-Results are believed; null: known providers',
        pattern: '^[A-Za-z0-9._:-]{1,255}$',
      }),
    ),
  ),
  acknowledge: Type.Optional(Type.Boolean()),
  assistant: Type.Optional(oneOf(assistantModes)),
  origins: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
      maxItems: ORIGINS_MAX,
      description: 'Sites that may show its support module, such as https://shop.example',
    }),
  ),
  incoming: Type.Optional(orNull(IncomingGiven)),
  outgoing: Type.Optional(orNull(OutgoingGiven)),
};

const serverShown = {
  enabled: Type.Boolean(),
  host: Type.String(),
  port: Type.Integer(),
  tls: oneOf(tlsModes),
  anyCertificate: Type.Boolean(),
  ca: orNull(Type.String()),
  login: orNull(Type.String()),
  passwordSet: Type.Boolean({ description: 'Passwords are never shown' }),
  oauth: orNull(
    Type.Object({
      tokenEndpoint: Type.String(),
      clientId: Type.String(),
      scope: orNull(Type.String()),
      clientSecretSet: Type.Boolean(),
      refreshTokenSet: Type.Boolean(),
    }),
  ),
};

export const IncomingShown = Type.Object({
  ...serverShown,
  folder: Type.String(),
  taken: oneOf(['move', 'seen']),
  processedFolder: Type.String(),
  existing: oneOf(['unseen', 'all', 'none']),
});
export const OutgoingShown = Type.Object(serverShown);
export type IncomingShown = Static<typeof IncomingShown>;
export type OutgoingShown = Static<typeof OutgoingShown>;

export const MailboxHealth = Type.Object({
  lastFetchAt: orNull(Type.String({ description: 'When it was last read without a fault' })),
  lastMailAt: orNull(Type.String()),
  error: orNull(Type.String({ description: 'In words; null when all is well' })),
  step: orNull(Type.String({ description: 'At which step it failed' })),
  since: orNull(Type.String({ description: 'When it began to fail' })),
  nextTryAt: orNull(Type.String()),
});

const shown = {
  id: Type.String(),
  address: Type.String(),
  name: Type.String(),
  displayName: orNull(Type.String()),
  aliases: Type.Array(Type.String()),
  team: orNull(Named),
  signature: Type.String(),
  signatureHtml: orNull(Type.String()),
  plusAddresses: Type.Boolean(),
  authservId: orNull(Type.String()),
  acknowledge: Type.Boolean(),
  assistant: oneOf(assistantModes),
  origins: Type.Array(Type.String()),
  createdAt: Type.String(),
};

/** Its servers and its health are for admins only, and left out for others. */
export const Mailbox = Type.Object({
  ...shown,
  incoming: Type.Optional(orNull(IncomingShown)),
  outgoing: Type.Optional(orNull(OutgoingShown)),
  health: Type.Optional(orNull(MailboxHealth)),
});
export type Mailbox = Static<typeof Mailbox>;

/** What was tried with a mailbox's servers, up to the first fault of each. */
export const MailboxTest = Type.Object({
  steps: Type.Array(
    Type.Object({
      direction: oneOf(['incoming', 'outgoing']),
      step: oneOf(serverSteps),
      ok: Type.Boolean(),
      error: Type.Optional(Type.String()),
    }),
  ),
});
