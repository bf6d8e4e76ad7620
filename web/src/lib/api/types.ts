/** The shapes of /api/v1 as the console reads them; times are ISO 8601 UTC. */
import type { Attachment, MessageState, Named } from './basic-types.ts';

export type State = 'new' | 'open' | 'pending' | 'solved';
export type Turn = 'ours' | 'customer';

export type * from './basic-types.ts';
export type { Me } from './settings-types.ts';
export type * from './writing-types.ts';

export interface Counts {
  open: number;
  new: number;
  team: number;
  pending: number;
  parked: number;
  notDelivered: number;
}

export interface SolvedBy {
  kind: 'agent' | 'assistant' | 'auto' | 'customer' | 'operations';
  id?: string;
  name?: string;
}

/** What the customer said last of the help; `comment` is '' for none. */
export interface Rating {
  score: 'good' | 'okay' | 'bad';
  comment: string;
  at: string;
}

export interface Ticket {
  number: number;
  subject: string;
  state: State;
  /** Solved for good: the next mail of the customer begins a new ticket. */
  closed?: boolean;
  /** `addresses` and `ip` only on GET /tickets/N. */
  customer: Named & { email: string; addresses?: string[]; ip?: string | null };
  owner: Named | null;
  team: Named | null;
  participants: Named[];
  labels: string[];
  snippet: string;
  unread: boolean;
  /** Up to which entry the agent has read; only on GET /tickets/N. */
  readTo?: number;
  turn: Turn;
  waitingSince: string | null;
  createdAt: string;
  lastMessageAt: string | null;
  pendingUntil: string | null;
  autoSolveAt: string | null;
  solvedAt: string | null;
  solvedBy: SolvedBy | null;
  /** What became of an agent's newest mail, when that needs a person. */
  undelivered: 'failed' | 'bounced' | 'uncertain' | null;
  /** Only where words were sought: the place in a mail that has one of them. */
  passage?: string | null;
  /** The rest only on GET /tickets/N. */
  mailbox?: Mailbox | null;
  followUpOf?: number | null;
  followUps?: number[];
  rating?: Rating | null;
}

/** The ticket after solving: what the solve took with it. */
export interface SolvedTicket extends Ticket {
  cancelled: { id: string; kind: NextItem['kind']; at: string | null }[];
  /** Why the customer gets no summary. */
  summarySkipped?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

interface Entry {
  id: string;
  at: string;
  by: Partial<Named> & { kind: string };
}

export interface MessageEntry extends Entry {
  kind: 'message';
  /** The id for /messages/ID. */
  message: string;
  messageKind: string;
  /** The id in the ledger, of incoming mail. */
  mail: string | null;
  direction: 'in' | 'out';
  state: MessageState;
  from: { name: string; email: string };
  to: string[];
  cc: string[];
  /** Only of ours, and only agents see them. */
  bcc?: string[];
  subject: string;
  text: string;
  replyText: string;
  quotedText: string;
  html: string | null;
  attachments: Attachment[];
  messageId: string | null;
  automatic: boolean;
  authentication: {
    verdict: 'verified' | 'failed' | 'none' | 'temperror';
    domain: string | null;
    checkedBy: string;
  } | null;
  /** Another one than the page's, when the mail was made a ticket of its own. */
  ticket: number;
  /** Its sender had no part in the ticket before, but somebody in it wrote to them. */
  stranger: boolean;
  forwardedBy: Named | null;
  /** What to know before believing it. */
  warning: string | null;
  /** Its remote images may load unasked: an agent said so of its sender. */
  remoteImages: boolean;
  /** Asked or answered on a page before there was a ticket: no mail. */
  exchange?: boolean;
  sentAt: string | null;
  /** When it leaves, while it waits. */
  sendAt: string | null;
  nextTryAt: string | null;
  /** What the other server said last. */
  reason: string | null;
  /** Whom the other server refused while it took the mail for others, in its words. */
  refused: { address: string; reason: string }[];
}

export interface NoteEntry extends Entry {
  kind: 'note';
  /** The id for /tickets/N/notes/ID. */
  note: string;
  text: string;
  /** The agents whom it calls. */
  mentions: Named[];
  editedAt: string | null;
  /** Its words are gone. */
  deleted: boolean;
}

export interface EventEntry extends Entry {
  kind: 'event';
  type: string;
  /** Its facts; agents, teams and labels as {id, name}. */
  data: Record<string, unknown>;
}

export type TimelineEntry = MessageEntry | NoteEntry | EventEntry;

export interface NextItem {
  id: string;
  kind: 'callback' | 'autoSolve' | 'send' | 'close' | 'assistant';
  at: string;
  by: Named | null;
  reason: string | null;
  /** Of a mail that waits. */
  dropIfCustomerWrites?: boolean;
}

/** What could answer a ticket. */
export interface Suggestion {
  id: string;
  kind: 'assistant' | 'article';
  title: string;
  /** Where customers read it; null when they cannot. */
  url: string | null;
  text: string;
  sources: { article: string; title: string; quote: string; url: string | null }[];
}

export interface Agent extends Named {
  email: string;
  /** Where the picture is. */
  photo?: string | null;
  role: 'agent' | 'admin';
  teams?: Named[];
  active?: boolean;
}

export interface Label {
  id: string;
  name: string;
}

export interface Mailbox {
  id: string;
  name: string | null;
  address: string;
  displayName?: string | null;
  aliases?: string[];
  /** Plain text; '' for none. */
  signature?: string;
  signatureHtml?: string | null;
}

export type MailOutcome =
  'pending' | 'new_ticket' | 'added' | 'duplicate' | 'bounce' | 'automatic' | 'parked';

/** A mail that came in, as the ledger has it. */
export interface LedgerMail {
  id: string;
  receivedAt: string;
  messageId: string | null;
  from: { name: string; email: string };
  to: string[];
  mailbox: { id: string; address: string } | null;
  subject: string;
  outcome: MailOutcome;
  reason: string;
  ticket: number | null;
  size: number;
  /** What was found in it: it is given out only to somebody who knows. */
  threat: string | null;
}

export interface MailPreview {
  text: string;
  files: { filename: string; contentType: string }[];
  problem: string | null;
}

/** An outgoing mail whose sending needs a person. */
export interface SendingProblem {
  id: string;
  ticket: { number: number; subject: string };
  kind: string;
  state: 'failed' | 'bounced' | 'uncertain' | 'sending';
  at: string;
  /** Of a mail that was put off. */
  nextTryAt: string | null;
  to: string[];
  cc: string[];
  subject: string;
  snippet: string;
  writer: Named | null;
  /** What the other server said. */
  reason: string | null;
}

export interface Reminder {
  id: string;
  at: string;
  ticket: { number: number; subject: string };
  kind: string;
  text: string;
}
