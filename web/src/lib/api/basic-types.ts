/** What most shapes of the API are made of. */
export interface Named {
  id: string;
  name: string;
}

export type MessageState =
  'received' | 'draft' | 'scheduled' | 'sending' | 'sent' | 'failed' | 'bounced' | 'uncertain';

export interface Attachment {
  id: string;
  filename: string;
  contentType: string;
  size: number;
  inline?: boolean;
  contentId?: string | null;
  /** What was found in it: it is given out only to somebody who knows. */
  threat?: string | null;
}
