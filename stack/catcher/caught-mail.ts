/** A mail that the catcher has taken. The sender's own words, parsed; the raw mail is beside it. */
export interface CaughtMail {
  /** Sorts by time. */
  id: string;
  receivedAt: string;
  envelope: { from: string; to: string[] };
  from: Person[];
  to: Person[];
  cc: Person[];
  replyTo: Person[];
  subject: string;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  autoSubmitted: string | null;
  /** The first line or so of the text. */
  snippet: string;
  sizeBytes: number;
}

export interface Person {
  name: string;
  email: string;
}

/** What one mail holds, for its page. */
export interface MailContent {
  text: string | null;
  html: string | null;
  headers: { name: string; value: string }[];
  attachments: { filename: string; contentType: string; sizeBytes: number }[];
}
