import { ApiError, nameIn, sentence } from '../api/api-error.ts';
import type { Attachment, ReplyBody } from '../api/types.ts';
import type { Toasts } from '../parts/toasts.svelte.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';
import type { AnswerDraft } from './answer-draft.svelte.ts';

/** The desk's own undo time, shown when the answer does not name one. */
const UNDO_MS = 5000;

/** What is to happen with and after the sending. */
export type SendOptions = Pick<ReplyBody, 'then' | 'sendAt' | 'dropIfCustomerWrites'>;

/**
 * Sends what a draft holds. News since the agent began to write stops it first; a try whose answer
 * was lost is repeated under the same key, so that it counts once.
 */
export class AnswerSending {
  #page: OpenTicket;
  #draft: AnswerDraft;
  #toasts: Toasts;
  #busy = $state(false);
  #problem = $state<string | null>(null);
  #news = $state<string | null>(null);
  #since = $state<string | null>(null);
  #seen: string | null = null;
  #key = crypto.randomUUID();
  #keyedFor = '';
  #last: SendOptions = {};

  constructor(page: OpenTicket, draft: AnswerDraft, toasts: Toasts) {
    this.#page = page;
    this.#draft = draft;
    this.#toasts = toasts;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** What was refused is told until something is changed about it. */
  forgetProblem(): void {
    this.#problem = null;
  }

  /** Set while news has stopped the sending: what happened, in words. */
  get news(): string | null {
    return this.#news;
  }

  /** The last entry that was known when the agent began to write, while news is shown. */
  get since(): string | null {
    return this.#since;
  }

  /** Remembers what stood in the conversation when the writing began. */
  beganToWrite(): void {
    this.#seen ??= this.#page.lastEntryId;
  }

  /** The news is read: the next sending is stopped only by still newer ones. */
  goOn(): void {
    this.#seen = this.#page.lastEntryId;
    this.#news = null;
  }

  async sendAnyway(): Promise<void> {
    const options = this.#last;
    this.goOn();
    await this.send(options);
  }

  async send(options: SendOptions = {}): Promise<boolean> {
    this.#problem = this.#missing();
    if (this.#problem !== null || this.#busy) return false;
    const body = this.#body(options);
    this.#last = options;
    this.#busy = true;
    try {
      const key = this.#keyFor(body);
      const { message } = await this.#page.api.reply(this.#page.number, body, key);
      this.#sent(message.id, message.sendAt ?? null, options);
      return true;
    } catch (error) {
      await this.#refused(error);
      return false;
    } finally {
      this.#busy = false;
    }
  }

  async addNote(): Promise<void> {
    const text = this.#draft.note.trim();
    this.#problem = text === '' ? 'The note is empty. Write it first.' : null;
    if (text === '' || this.#busy) return;
    this.#busy = true;
    try {
      await this.#page.api.addNote(this.#page.number, text, this.#keyFor({ text }));
      this.#draft.clearNote();
      void this.#page.refresh();
    } catch (error) {
      this.#problem = sentence(error);
    } finally {
      this.#busy = false;
    }
  }

  #missing(): string | null {
    if (this.#draft.text.trim() === '') return 'The answer is empty. Write it first.';
    if (this.#draft.files.uploading) return 'A file is still on its way. Send when it is there.';
    const odd = this.#draft.ccList.find((address) => !/^[^@\s]+@[^@\s]+$/.test(address));
    return odd === undefined ? null : `“${odd}” in Cc is not a mail address. Correct it.`;
  }

  #body(options: SendOptions): ReplyBody {
    const { ccList } = this.#draft;
    const fileIds = this.#draft.files.ids;
    const seen = this.#seen ?? this.#page.lastEntryId;
    return {
      text: this.#draft.text.trim(),
      ...(ccList.length > 0 ? { cc: ccList } : {}),
      ...(fileIds.length > 0 ? { attachments: fileIds } : {}),
      ...(seen === null ? {} : { seen }),
      ...options,
    };
  }

  #keyFor(body: object): string {
    const content = JSON.stringify(body);
    if (content !== this.#keyedFor) this.#key = crypto.randomUUID();
    this.#keyedFor = content;
    return this.#key;
  }

  #sent(message: string, sendAt: string | null, options: SendOptions): void {
    const draft = this.#draft;
    const { text, cc } = draft;
    const files = draft.clearAnswer();
    this.#news = null;
    this.#since = null;
    this.#seen = null;
    this.#keyedFor = '';
    void this.#page.refresh();
    if (options.then !== undefined) this.#page.onfinished();
    if (options.sendAt !== undefined) return;
    const after = options.then?.solve
      ? ', then solved'
      : options.then?.pend
        ? ', then pending'
        : '';
    const leftMs = sendAt === null ? UNDO_MS : Date.parse(sendAt) - Date.now();
    if (leftMs <= 0) return;
    this.#toasts.show({
      text: `Mail to ${this.#page.ticket.customer.name || this.#page.ticket.customer.email} leaves`,
      sub: `#${this.#page.number}${after}`,
      countdown: true,
      about: message,
      lastsMs: leftMs,
      action: { label: 'Undo', run: () => void this.#undo(message, text, cc, files) },
    });
  }

  async #undo(message: string, text: string, cc: string, files: Attachment[]) {
    try {
      await this.#page.api.undoSend(message);
      this.#draft.restore(text, cc, files);
      this.#toasts.show({ icon: 'undo', text: 'Not sent. Your answer is in the editor again.' });
    } catch (error) {
      const late = error instanceof ApiError && error.code === 'too_late';
      const why = late ? 'The mail has left already.' : sentence(error);
      this.#toasts.show({ icon: 's-failed', text: `Not undone. ${why}` });
    }
    await this.#page.refresh();
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof ApiError && error.code === 'news') {
      this.#since = this.#seen ?? this.#page.lastEntryId;
      this.#news = nameIn(error, 'by') ?? error.message;
      await this.#page.refresh();
      return;
    }
    this.#problem = sentence(error);
  }
}
