import { unknownPlaceholders, writtenPlaceholder } from '../../../../domain/placeholders.ts';
import { sentence } from '../api/api-error.ts';
import { fieldsOf, textIn } from '../api/json.ts';
import type { ApiClient } from '../api/client.ts';
import type { ComposeBody, Ticket } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { AnswerContent } from './answer-draft.svelte.ts';
import { FileSet, type UploadLimits } from './file-set.svelte.ts';
import { forgetItem, keepItem, listIn, readItem } from './local-draft.ts';
import { Recipients } from './recipients.svelte.ts';
import { htmlOfText, sentWords } from './words/mail-html.ts';
import { RichText } from './words/rich-text.svelte.ts';

const KEY = 'postkeep:compose';

/** What is to happen with it: a new mail can only leave at once, or later. */
export type ComposeOptions = Pick<ComposeBody, 'sendAt' | 'dropIfCustomerWrites'>;

/** A new mail that is being written; kept in this browser until it is sent. */
export class NewMail {
  readonly words = new RichText(() => this.keep());
  readonly to = new Recipients(() => this.keep());
  readonly cc = new Recipients(() => this.keep());
  readonly bcc = new Recipients(() => this.keep());
  readonly files: FileSet;
  subject = $state('');
  mailbox = $state('');
  #api: ApiClient;
  #say: Speech;
  #busy = $state(false);
  #problem = $state<string | null>(null);
  #kept = $state(false);
  #key = crypto.randomUUID();
  #keyedFor = '';

  constructor(api: ApiClient, say: Speech, limits: UploadLimits) {
    this.#api = api;
    this.#say = say;
    this.files = new FileSet(
      say,
      limits,
      () => this.keep(),
      (shown, id) => this.words.movePicture(shown, id && `/api/v1/attachments/${id}`),
    );
    this.#takeUp();
  }

  get busy(): boolean {
    return this.#busy;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** Whether this browser holds what is written. */
  get kept(): boolean {
    return this.#kept;
  }

  keep(): void {
    const { subject, mailbox, words, to, cc, bcc } = this;
    const files = this.files.known.map((file) => JSON.stringify(file));
    const people = { to: to.all, cc: cc.all, bcc: bcc.all };
    keepItem(KEY, JSON.stringify({ ...people, subject, mailbox, files, html: words.html }));
    this.#kept = !words.isEmpty || subject !== '';
  }

  /** The new ticket, or null when something is missing or was refused. */
  async send(options: ComposeOptions = {}): Promise<Ticket | null> {
    this.#problem = this.#missing();
    if (this.#problem !== null || this.#busy) return null;
    const body = { ...this.#body(), ...options };
    const content = JSON.stringify(body);
    // A repeated try of the same mail counts once.
    if (content !== this.#keyedFor) this.#key = crypto.randomUUID();
    this.#keyedFor = content;
    this.#busy = true;
    try {
      const ticket = await this.#api.compose(body, this.#key);
      forgetItem(KEY);
      return ticket;
    } catch (error) {
      this.#problem = sentence(error, this.#say);
      return null;
    } finally {
      this.#busy = false;
    }
  }

  /** All that taking the mail back needs. */
  get content(): AnswerContent {
    const { to, cc, bcc, files, words } = this;
    return { html: words.html, to: to.all, cc: cc.all, bcc: bcc.all, files: files.known };
  }

  #body(): ComposeBody {
    const { to, cc, bcc, files, mailbox } = this;
    return {
      to: to.all,
      subject: this.subject.trim(),
      ...sentWords(this.words.html),
      ...(mailbox === '' ? {} : { mailbox }),
      ...(cc.isEmpty ? {} : { cc: cc.all }),
      ...(bcc.isEmpty ? {} : { bcc: bcc.all }),
      ...(files.ids.length === 0 ? {} : { attachments: files.ids }),
    };
  }

  #missing(): string | null {
    const t = this.#say.t.editor;
    const { to, cc, bcc, words, files } = this;
    if (to.isEmpty) return t.nobody;
    const fields = [[t.to, to] as const, [t.cc, cc] as const, [t.bcc, bcc] as const];
    const odd = fields.find(([, field]) => field.odd !== null);
    if (odd) return t.oddAddress(odd[1].odd ?? '', odd[0]);
    if (this.subject.trim() === '') return t.subjectEmpty;
    if (words.isEmpty) return t.mailEmpty;
    if (files.uploading) return t.fileOnItsWay;
    const unfilled = unknownPlaceholders(words.text, [])[0];
    return unfilled === undefined ? null : t.unfilled(writtenPlaceholder(unfilled));
  }

  #takeUp(): void {
    const kept = fieldsOf(readItem(KEY) ?? '');
    for (const name of ['to', 'cc', 'bcc'] as const) this[name].set(listIn(kept, name));
    this.subject = textIn(kept, 'subject');
    this.mailbox = textIn(kept, 'mailbox');
    this.words.set(textIn(kept, 'html') || htmlOfText(textIn(kept, 'text')));
    const files = listIn(kept, 'files').map(fieldsOf);
    this.files.takeBack(
      files.map((file) => ({
        id: textIn(file, 'id'),
        filename: textIn(file, 'filename'),
        contentType: textIn(file, 'contentType'),
        size: Number(file.size ?? 0),
      })),
    );
  }
}
