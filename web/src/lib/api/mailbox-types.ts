/** The shapes of /api/v1/mailboxes as admins read and write them; times are ISO 8601 UTC. */
import type { Mailbox, Named } from './types.ts';

export type Tls = 'implicit' | 'starttls' | 'none';
export type AssistantMode = 'off' | 'suggest' | 'answer';
export type Direction = 'incoming' | 'outgoing';

export interface ServerShown {
  /** False: the settings are kept, and not used. */
  enabled: boolean;
  host: string;
  port: number;
  tls: Tls;
  anyCertificate: boolean;
  ca: string | null;
  login: string | null;
  passwordSet: boolean;
  oauth: {
    tokenEndpoint: string;
    clientId: string;
    scope: string | null;
    clientSecretSet: boolean;
    refreshTokenSet: boolean;
  } | null;
}

export interface IncomingShown extends ServerShown {
  folder: string;
  taken: 'move' | 'seen';
  processedFolder: string;
  existing: 'unseen' | 'all' | 'none';
}

export interface MailboxHealth {
  lastFetchAt: string | null;
  lastMailAt: string | null;
  /** In words; null when all is well. */
  error: string | null;
  step: string | null;
  since: string | null;
  nextTryAt: string | null;
}

/** A mailbox with what only admins see. */
export interface MailboxSettings extends Mailbox {
  name: string;
  displayName: string | null;
  aliases: string[];
  team: Named | null;
  signature: string;
  signatureHtml: string | null;
  plusAddresses: boolean;
  acknowledge: boolean;
  assistant: AssistantMode;
  /** Sites that may show its support module. */
  origins?: string[];
  authservId: string | null;
  incoming?: IncomingShown | null;
  outgoing?: ServerShown | null;
  health?: MailboxHealth | null;
}

export interface ServerBody {
  enabled: boolean;
  host: string;
  /** A text is refused in words: it is what was typed instead of a number. */
  port?: number | string;
  tls: Tls;
  anyCertificate: boolean;
  ca: string | null;
  login?: string | null;
  password?: string;
  oauth?: {
    tokenEndpoint: string;
    clientId: string;
    clientSecret?: string;
    refreshToken?: string;
    scope: string | null;
  };
}

export interface IncomingBody extends ServerBody {
  folder: string;
  taken: 'move' | 'seen';
  processedFolder: string;
  existing: 'unseen' | 'all' | 'none';
}

/** What is left out stays as it is; null ends it. */
export interface MailboxBody {
  address?: string;
  name?: string;
  displayName?: string | null;
  aliases?: string[];
  team?: string | null;
  signature?: string;
  signatureHtml?: string | null;
  plusAddresses?: boolean;
  acknowledge?: boolean;
  assistant?: AssistantMode;
  origins?: string[];
  authservId?: string | null;
  incoming?: IncomingBody | null;
  outgoing?: ServerBody | null;
}

export type TestedStep =
  'settings' | 'dns' | 'connection' | 'tls' | 'login' | 'folder' | 'sender' | 'relay';

export interface TriedStep {
  direction: Direction;
  step: TestedStep;
  ok: boolean;
  error?: string;
}

/** A key that a domain's outgoing mail is signed with (RFC 6376). */
export interface SigningKey {
  id: string;
  domain: string;
  selector: string;
  inUse: boolean;
  /** To be published in the domain's DNS. */
  record: { name: string; type: string; value: string };
  checkedAt: string | null;
  /** What the last check found wrong. */
  problem: string | null;
  createdAt: string;
}
