/** A server that a mailbox is read from or sends by, as it is kept: its secrets are sealed. */
export interface SealedServer {
  company: string;
  mailbox: string;
  direction: 'in' | 'out';
  host: string;
  port: number;
  tls: 'implicit' | 'starttls' | 'none';
  any_certificate: boolean;
  ca: string | null;
  login: string | null;
  auth: 'none' | 'password' | 'oauth2';
  secret: string | null;
  token_endpoint: string | null;
  client_id: string | null;
  client_secret: string | null;
  scope: string | null;
  access_token: string | null;
  access_token_until: string | null;
  /** Goes up whenever an admin writes the settings. */
  version: number;
}

export type SecretField = 'secret' | 'client_secret' | 'access_token';

/** What a secret is sealed for: it opens in no other row, column or company. */
export function placeOf(
  { company, mailbox, direction }: Pick<SealedServer, 'company' | 'mailbox' | 'direction'>,
  field: SecretField,
): string {
  return [company, mailbox, direction, field].join('/');
}
