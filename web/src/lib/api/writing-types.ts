/** The shapes of /api/v1 about what agents write. */
import type { Attachment, MessageState, Named } from './basic-types.ts';

export interface Draft {
  text: string;
  html: string | null;
  to: string[] | null;
  cc: string[];
  bcc: string[];
  mode: 'reply' | 'note';
  note: string;
  attachments: Attachment[];
  updatedAt: string | null;
}

/** What the same agent had written elsewhere, and a newer draft took the place of. */
export interface ReplacedDraft {
  text: string;
  html: string | null;
  note: string;
  updatedAt: string | null;
}

export interface Article {
  id: string;
  title: string;
  knowledgeBase: Named;
  published: boolean;
}

export interface ArticlePart {
  kind: 'heading' | 'paragraph' | 'item' | 'block';
  list: 'ul' | 'ol' | null;
  html: string;
}

export interface ArticleParts {
  id: string;
  title: string;
  language: string;
  /** Where customers read it; null when they cannot, and why. */
  link: string | null;
  unlinked: 'draft' | 'private' | null;
  parts: ArticlePart[];
}

export interface Upload {
  id: string;
  filename: string;
  contentType: string;
  size: number;
}

/** What happens when the undo time is over. */
export interface AfterSending {
  pend?: { until: string; reason?: string };
  solve?: { summary: boolean };
}

export interface ReplyBody {
  text?: string;
  html?: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  attachments?: string[];
  undoSeconds?: number;
  sendAt?: string;
  dropIfCustomerWrites?: boolean;
  seen?: string;
  then?: AfterSending;
}

export interface QueuedMessage {
  id: string;
  state: MessageState;
  sendAt?: string | null;
}

export interface ComposeBody {
  mailbox?: string;
  to: string[];
  subject: string;
  text?: string;
  html?: string;
  cc?: string[];
  bcc?: string[];
  attachments?: string[];
  undoSeconds?: number;
  sendAt?: string;
  dropIfCustomerWrites?: boolean;
}
