import { unknownPlaceholders, writtenPlaceholder } from '../../../../domain/placeholders.ts';
import { ApiError, nameIn, sentence } from '../api/api-error.ts';
import type { AfterSend } from '../api/settings-types.ts';
import type { ReplyBody } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';
import type { AnswerDraft } from './answer-draft.svelte.ts';
import type { SentAnswers } from './sent-answers.ts';
import { sentWords } from './words/mail-html.ts';

/** What is to happen with and after the sending. */
export type SendOptions = Pick<ReplyBody, 'then' | 'sendAt' | 'dropIfCustomerWrites'>;

/**
 * Sends what a draft holds. News since the agent began to write stops it first; a try whose answer
 * was lost is repeated under the same key, so that it counts once.
 */
export class AnswerSending {
  #page: OpenTicket;
  #draft: AnswerDraft;
  #sents: SentAnswers;
  #say: Speech;
  /** What a canned response wants of the sending, unless the menu says otherwise. */
  after = $state.raw<AfterSend | null>(null);
  #busy = $state(false);
  #problem = $state<string | null>(null);
  #news = $state<string | null>(null);
  #since = $state<string | null>(null);
  #seen: string | null = null;
  #key = crypto.randomUUID();
  #keyedFor = '';
  #last: SendOptions = {};

  constructor(page: OpenTicket, draft: AnswerDraft, sents: SentAnswers, say: Speech) {
    this.#page = page;
    this.#draft = draft;
    this.#sents = sents;
    this.#say = say;
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
    this.#problem = text === '' ? this.#say.t.editor.noteEmpty : null;
    if (text === '' || this.#busy) return;
    this.#busy = true;
    try {
      await this.#page.api.addNote(this.#page.number, text, this.#keyFor({ text }));
      this.#draft.clearNote();
      void this.#page.refresh();
    } catch (error) {
      this.#problem = sentence(error, this.#say);
    } finally {
      this.#busy = false;
    }
  }

  #missing(): string | null {
    const { words, files, to, cc, bcc } = this.#draft;
    const t = this.#say.t.editor;
    if (words.isEmpty && files.ids.length === 0) return t.answerEmpty;
    if (files.uploading) return t.fileOnItsWay;
    const unfilled = unknownPlaceholders(words.text, [])[0];
    if (unfilled !== undefined) return t.unfilled(writtenPlaceholder(unfilled));
    const fields = [[t.to, to] as const, [t.cc, cc] as const, [t.bcc, bcc] as const];
    const odd = fields.find(([, field]) => field.odd !== null);
    return odd ? t.oddAddress(odd[1].odd ?? '', odd[0]) : null;
  }

  #body(options: SendOptions): ReplyBody {
    const { words, to, cc, bcc, files } = this.#draft;
    const seen = this.#seen ?? this.#page.lastEntryId;
    return {
      ...sentWords(words.html),
      ...(to.isEmpty ? {} : { to: to.all }),
      ...(cc.isEmpty ? {} : { cc: cc.all }),
      ...(bcc.isEmpty ? {} : { bcc: bcc.all }),
      ...(files.ids.length > 0 ? { attachments: files.ids } : {}),
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

  #sent(message: string, sendAt: string | null, { then, sendAt: later }: SendOptions): void {
    const { content } = this.#draft;
    this.#draft.clearAnswer();
    this.after = null;
    this.#news = null;
    this.#since = null;
    this.#seen = null;
    this.#keyedFor = '';
    void this.#page.refresh();
    if (then !== undefined) this.#page.onfinished();
    // What leaves later stands under "What happens next", and is taken back there.
    if (later !== undefined || sendAt === null) return;
    const { name, email } = this.#page.ticket.customer;
    this.#sents.sent({
      ...{ message, content, number: this.#page.number },
      to: content.to?.join(', ') ?? (name || email),
      then: then?.solve ? 'solve' : then?.pend ? 'pend' : null,
      leavesAt: Date.parse(sendAt),
    });
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof ApiError && error.code === 'news') {
      this.#since = this.#seen ?? this.#page.lastEntryId;
      this.#news = nameIn(error, 'by') ?? error.message;
      await this.#page.refresh();
      return;
    }
    this.#problem = sentence(error, this.#say);
  }
}
