import type { Authentication } from '../domain/authentication.ts';
import type { MessageKind, Ticket, Then } from '../domain/ticket/ticket.ts';

/** Rows as the tables hold them. Times are ISO 8601 strings, as `client.ts` reads them. */
export interface TicketRow {
  company: string;
  number: number;
  seq: number;
  state_version: number;
  folded: Ticket;
}

export type MailVia = 'smtp' | 'form' | 'imap' | 'import';

/** What kind of machine wrote a mail (mail/automatic.ts says how it is told). */
export type AutomaticKind = 'report' | 'answer' | 'notice' | 'bulk';

export type MailOutcome =
  'pending' | 'new_ticket' | 'added' | 'duplicate' | 'bounce' | 'automatic' | 'parked';

export interface MailRow {
  company: string;
  id: string;
  via: MailVia;
  received_at: string;
  raw_hash: string;
  /** The size of the mail, also when not all of it is kept. */
  raw_bytes: number;
  envelope_from: string;
  envelope_to: string[];
  remote_address: string | null;
  helo: string | null;
  message_id: string | null;
  content_key: string;
  from_name: string;
  from_address: string;
  subject: string;
  correspondents: string[];
  sent_at: string | null;
  mailbox: string;
  customer: string | null;
  ticket: number | null;
  new_ticket: boolean;
  follow_up_of: number | null;
  automatic: string | null;
  automatic_kind: AutomaticKind | null;
  bounce_of: string | null;
  bounce_failed: boolean;
  authentication: Authentication | null;
  stranger: boolean;
  agent: string | null;
  outcome: MailOutcome;
  reason: string;
  message: string | null;
  lease_until: string | null;
  attempts: number;
  /** The address of ours that it was written to; null where nobody looked. */
  written_to: string | null;
  /** What it is called where it was fetched from; null for what was sent to us. */
  source: string | null;
  /** For a mail of an archive: what becomes of a conversation that it begins. */
  import_as: 'solved' | 'new' | null;
  /** What a virus scanner found in it; null for nothing, or where nobody looked. */
  threat: string | null;
  /** Of a mail that was too large, how long its kept beginning is; null: all of it is kept. */
  kept_bytes: number | null;
  /** What was asked before a form was sent: the exchange's id; null for none. */
  exchange: string | null;
}

export interface MessageRow {
  company: string;
  id: string;
  ticket: number | null;
  direction: 'in' | 'out';
  kind: MessageKind | 'customer';
  mail: string | null;
  mailbox: string | null;
  customer: string | null;
  writer: string | null;
  recipient: string | null;
  message_id: string | null;
  from_name: string;
  from_address: string;
  recipients: string[];
  cc: string[];
  /** Of ours only: they get the mail, and none of its headers names them. */
  bcc: string[];
  subject: string;
  text: string;
  reply_text: string;
  quoted_text: string;
  html: string | null;
  snippet: string;
  automatic: boolean;
  authentication: Authentication | null;
  stranger: boolean;
  forwarded_by: string | null;
  warning: string | null;
  at: string;
  undo_seconds: number | null;
  send_at: string | null;
  drop_if_customer_writes: boolean;
  seen: number | null;
  after_undo: Then | null;
  up_to: number | null;
  rendered_hash: string | null;
  /** Other recipients by their id, kept until a resending that names them is decided. */
  resend_to: { [id: string]: string[] };
  /** The exchange that it was said in; null for a mail. */
  exchange: string | null;
}

export interface AttachmentRow {
  company: string;
  id: string;
  message: string | null;
  agent: string | null;
  filename: string;
  content_type: string;
  bytes: number;
  hash: string;
  inline: boolean;
  content_id: string | null;
  position: number;
  threat: string | null;
}

/** A recipient that a server refused, with its words. */
export interface RefusedRecipient {
  address: string;
  reason: string;
}

export interface SendAttemptRow {
  company: string;
  message: string;
  attempt: number;
  ticket: number;
  lease_until: string;
  handed_over_at: string | null;
  outcome: 'sent' | 'deferred' | 'failed' | 'uncertain' | null;
  code: number | null;
  response: string;
  /** The recipients whom the mail does not reach, though others of it are accepted. */
  refused: RefusedRecipient[];
}

/** A server that a mailbox is read from (`in`) or sends by (`out`); secrets are sealed. */
export interface MailboxServerRow {
  company: string;
  mailbox: string;
  direction: 'in' | 'out';
  version: number;
  enabled: boolean;
  host: string;
  port: number;
  tls: 'implicit' | 'starttls' | 'none';
  any_certificate: boolean;
  /** Certificates of the authorities that vouch for it, as PEM; null: the usual ones. */
  ca: string | null;
  login: string | null;
  auth: 'none' | 'password' | 'oauth2';
  /** The password, or the refresh token. */
  secret: string | null;
  token_endpoint: string | null;
  client_id: string | null;
  client_secret: string | null;
  scope: string | null;
  access_token: string | null;
  access_token_until: string | null;
  token_lease_until: string | null;
  folder: string | null;
  taken: 'move' | 'seen' | null;
  processed_folder: string | null;
  existing: 'unseen' | 'all' | 'none' | null;
}

/** How far a mailbox is read, and how that goes. */
export interface MailboxFetchRow {
  company: string;
  mailbox: string;
  folder: string | null;
  uid_validity: number | null;
  last_uid: number;
  baseline_uid: number;
  begun_at: string | null;
  last_fetch_at: string | null;
  last_mail_at: string | null;
  error_step: string | null;
  error: string | null;
  failing_since: string | null;
  next_try_at: string | null;
}
