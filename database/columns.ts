import type {
  AttachmentRow,
  MailRow,
  MailboxFetchRow,
  MailboxServerRow,
  MessageRow,
  SendAttemptRow,
} from './rows.ts';

/**
 * The columns of whole rows, for prepared statements: `*` would mean others once a migration has
 * added one, and PostgreSQL refuses to run what was prepared before (0A000). The types of
 * `rows.ts` hold these lists to be complete.
 */
type Columns<Row> = { readonly [Name in keyof Row]: true };

/** As SQL, each with the name of its table when that has one in the statement. */
function listOf<Row>(columns: Columns<Row>, table = ''): string {
  const prefix = table === '' ? '' : `${table}.`;
  return Object.keys(columns)
    .map((name) => prefix + name)
    .join(', ');
}

export const mailColumns = listOf<MailRow>({
  company: true,
  id: true,
  via: true,
  received_at: true,
  raw_hash: true,
  raw_bytes: true,
  envelope_from: true,
  envelope_to: true,
  remote_address: true,
  helo: true,
  message_id: true,
  content_key: true,
  from_name: true,
  from_address: true,
  subject: true,
  correspondents: true,
  sent_at: true,
  mailbox: true,
  customer: true,
  ticket: true,
  new_ticket: true,
  follow_up_of: true,
  automatic: true,
  automatic_kind: true,
  bounce_of: true,
  bounce_failed: true,
  authentication: true,
  stranger: true,
  agent: true,
  outcome: true,
  reason: true,
  message: true,
  lease_until: true,
  attempts: true,
  written_to: true,
  source: true,
  import_as: true,
  threat: true,
  kept_bytes: true,
  exchange: true,
});

export const messageColumns = listOf<MessageRow>(
  {
    company: true,
    id: true,
    ticket: true,
    direction: true,
    kind: true,
    mail: true,
    mailbox: true,
    customer: true,
    writer: true,
    recipient: true,
    message_id: true,
    from_name: true,
    from_address: true,
    recipients: true,
    cc: true,
    bcc: true,
    subject: true,
    text: true,
    reply_text: true,
    quoted_text: true,
    html: true,
    snippet: true,
    automatic: true,
    authentication: true,
    stranger: true,
    forwarded_by: true,
    warning: true,
    at: true,
    undo_seconds: true,
    send_at: true,
    drop_if_customer_writes: true,
    seen: true,
    after_undo: true,
    up_to: true,
    rendered_hash: true,
    resend_to: true,
    exchange: true,
  },
  'm',
);

export const attachmentColumns = listOf<AttachmentRow>({
  company: true,
  id: true,
  message: true,
  agent: true,
  filename: true,
  content_type: true,
  bytes: true,
  hash: true,
  inline: true,
  content_id: true,
  position: true,
  threat: true,
});

export const sendAttemptColumns = listOf<SendAttemptRow>({
  company: true,
  message: true,
  attempt: true,
  ticket: true,
  lease_until: true,
  handed_over_at: true,
  outcome: true,
  code: true,
  response: true,
  refused: true,
});

export const mailboxServerColumns = listOf<MailboxServerRow>({
  company: true,
  mailbox: true,
  direction: true,
  version: true,
  enabled: true,
  host: true,
  port: true,
  tls: true,
  any_certificate: true,
  ca: true,
  login: true,
  auth: true,
  secret: true,
  token_endpoint: true,
  client_id: true,
  client_secret: true,
  scope: true,
  access_token: true,
  access_token_until: true,
  token_lease_until: true,
  folder: true,
  taken: true,
  processed_folder: true,
  existing: true,
});

export const mailboxFetchColumns = listOf<MailboxFetchRow>({
  company: true,
  mailbox: true,
  folder: true,
  uid_validity: true,
  last_uid: true,
  baseline_uid: true,
  begun_at: true,
  last_fetch_at: true,
  last_mail_at: true,
  error_step: true,
  error: true,
  failing_since: true,
  next_try_at: true,
});
