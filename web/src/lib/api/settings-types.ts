/** The shapes of /api/v1 about who is signed in, and about what a company says of itself. */
import type { Language } from '../i18n/language.ts';
import type { Attachment, Named } from './basic-types.ts';

export type ReminderKind =
  'callback' | 'customer_replied' | 'invited' | 'mentioned' | 'assigned' | 'delivery_failed';

export interface OwnProfile extends Named {
  email: string;
  role: 'agent' | 'admin';
  /** Null while the browser's are good enough. */
  language: Language | null;
  /** IANA name. */
  timeZone: string | null;
  /** Where the picture is. */
  photo: string | null;
  signature: string;
  signatureHtml: string | null;
  /** As chosen, else as the company says. */
  undoSeconds: number;
  ownUndoSeconds: number | null;
  /** Reminders that come by mail, and as notifications of the browser. */
  notifications: { mail: ReminderKind[]; browser: ReminderKind[] };
}

export interface Me {
  agent: OwnProfile;
  company: Named & {
    limits: { attachmentBytesMax: number; mailBytesMax: number };
    /** Whether some first steps are left to do. */
    firstSteps: boolean;
  };
  teams: Named[];
}

export interface ProfileBody {
  name?: string;
  language?: Language | null;
  timeZone?: string | null;
  signature?: string;
  signatureHtml?: string | null;
  undoSeconds?: number | null;
  notifications?: { mail?: ReminderKind[]; browser?: ReminderKind[] };
}

export interface OwnSession {
  signedInAt: string;
  expiresAt: string;
  browser: string;
  address: string | null;
  current: boolean;
}

export interface CompanySettings {
  language: Language;
  undoSeconds: number;
  /** Null: as the server has it. */
  reopenDays: number | null;
  attachmentBytesMax: number | null;
  mailBytesMax: number | null;
  /** On pages for customers, #rrggbb; null: the desk's own. */
  accentColor: string | null;
  server: { reopenDays: number; attachmentBytesMax: number; mailBytesMax: number };
}

export type DeskTextKind = 'acknowledgement' | 'summary' | 'assistant';

export interface DeskText {
  kind: DeskTextKind;
  language: Language;
  text: string;
  isOwn: boolean;
}

export interface MailPreviewed {
  subject: string;
  text: string;
  /** A whole document. */
  html: string;
}

/** What sending an answer does besides: one of the two. */
export interface AfterSend {
  solve?: { summary: boolean };
  pend?: { days: number };
}

export interface CannedResponse {
  id: string;
  title: string;
  body: string;
  folder: string;
  personal: boolean;
  agent: Named | null;
  labels: string[];
  afterSend: AfterSend | null;
  attachments: Attachment[];
  used: number;
  usedAt: string | null;
  createdAt: string;
}

export interface CannedBody {
  title: string;
  body: string;
  folder: string;
  personal: boolean;
  labels: string[];
  afterSend: AfterSend | null;
  attachments: string[];
}

export interface CannedImport {
  made: number;
  changed: number;
  problems: { line: number; reason: string }[];
}

export interface KnowledgeBase extends Named {
  public: boolean;
  articles: number;
}

export interface Article {
  id: string;
  knowledgeBase: Named;
  title: string;
  body: string;
  language: string;
  published: boolean;
  /** The number of the newest published text. */
  version: number | null;
  /** Whether something is written that readers do not see yet. */
  changed: boolean;
  labels: string[];
  /** The articles that say the same in other languages. */
  translations: { id: string; language: string; title: string; published: boolean }[];
  /** How many readers say that it helped them. */
  helped: { yes: number; no: number };
  /** The number of the ticket that it was made of. */
  fromTicket: number | null;
  updatedAt: string;
}

/** What readers of the help pages say of an article. */
export interface ArticleVotes {
  helped: Article['helped'];
  /** What they missed, the newest first. */
  missing: { text: string; at: string }[];
}

/** What stands in an article as its writers see it. */
export interface Writing {
  title: string;
  body: string;
  /** Names this text. */
  revision: string;
  published: boolean;
  changed: boolean;
  /** Whether a newer version was published since it was begun. */
  behind: boolean;
  by: Named | null;
  at: string;
}

export interface ArticleVersion {
  number: number;
  title: string;
  by: Named | null;
  at: string;
}

export interface WholeVersion extends ArticleVersion {
  body: string;
}

export interface ArticleBody {
  knowledgeBase: string;
  title: string;
  body: string;
  language: string;
  published: boolean;
  labels: string[];
  translationOf?: string;
  /** Only said when it is made. */
  fromTicket?: number;
}

/** What the desk makes of a conversation, for a person to go on with. */
export interface ArticleDraft {
  title: string;
  body: string;
  language: string;
  masked: number;
  /** The id of the one that was made of it already. */
  article: string | null;
}

export interface FirstSteps {
  steps: { mailbox: boolean; invited: boolean; testMail: boolean; form: boolean };
  over: boolean;
  address: string | null;
  formUrl: string | null;
}
