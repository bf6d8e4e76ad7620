import { painted } from '../ahead/painted.ts';
import type { ApiClient } from '../api/client.ts';
import type { Attachment, ReplacedDraft } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import { FileSet, type UploadLimits } from './file-set.svelte.ts';
import { forgetLocal, keepLocal, keptLocal } from './local-draft.ts';
import { Recipients } from './recipients.svelte.ts';
import { htmlOfText, picturesIn } from './words/mail-html.ts';
import { RichText } from './words/rich-text.svelte.ts';

/** Long enough to gather a word or two, short enough to lose nothing worth naming. */
const SAVE_AFTER_MS = 800;

/** When the server cannot be reached it is asked again so often. */
const AGAIN_AFTER_MS = 15_000;

export type Saved = 'nothing' | 'waiting' | 'saved' | 'here';

/** Everything of an answer that undoing brings back. */
export interface AnswerContent {
  html: string;
  to: string[] | null;
  cc: string[];
  bcc: string[];
  files: Attachment[];
}

/**
 * The answer and the note that are being written on one ticket. Each change is kept in this
 * browser at once and on the server soon after; the browser's copy goes when the server has it.
 */
export class AnswerDraft {
  readonly number: number;
  readonly files: FileSet;
  readonly words = new RichText(() => this.#changed());
  readonly to = new Recipients(() => this.#changed());
  readonly cc = new Recipients(() => this.#ccTyped());
  readonly bcc = new Recipients(() => this.#changed());
  #api: ApiClient;
  #note = $state('');
  #mode = $state<'reply' | 'note'>('reply');
  #saved = $state<Saved>('nothing');
  #replaced = $state.raw<ReplacedDraft | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #base: string | null = null;
  #touched = false;
  #saves = Promise.resolve();
  #change = 0;
  #stopped = false;
  /** Whom the newest mail names besides the customer: Cc until the agent chooses otherwise. */
  #offered: string[] = [];
  #ccChosen = true;

  constructor(api: ApiClient, number: number, say: Speech, limits: UploadLimits) {
    this.files = new FileSet(
      say,
      limits,
      () => this.#changed(),
      (shown, id) => this.words.movePicture(shown, id && `/api/v1/attachments/${id}`),
    );
    this.#api = api;
    this.number = number;
  }

  /** The answer as text. */
  get text(): string {
    return this.words.text;
  }

  get note(): string {
    return this.#note;
  }

  set note(note: string) {
    this.#note = note;
    this.#changed();
  }

  get mode(): 'reply' | 'note' {
    return this.#mode;
  }

  set mode(mode: 'reply' | 'note') {
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (this.#hasWords) this.#changed();
  }

  get saved(): Saved {
    return this.#saved;
  }

  /** What this agent wrote elsewhere meanwhile, and this draft took the place of. */
  get replaced(): ReplacedDraft | null {
    return this.#replaced;
  }

  get content(): AnswerContent {
    const { words, to, cc, bcc, files } = this;
    const chosen = to.isEmpty ? null : to.all;
    return { html: words.html, to: chosen, cc: cc.all, bcc: bcc.all, files: [...files.known] };
  }

  get #hasWords(): boolean {
    return !this.words.isEmpty || this.#note !== '';
  }

  /** Fills an untouched Cc; an answer that is begun keeps the one that its writer has seen. */
  offerCc(addresses: readonly string[]): void {
    this.#offered = [...addresses];
    if (!this.#ccChosen && (this.words.isEmpty || this.cc.isEmpty)) this.cc.set(this.#offered);
  }

  /** Takes up what was written before: this browser's unsaved copy, else the server's. */
  async load(): Promise<void> {
    await this.#takeUp();
    this.#ccChosen = !this.words.isEmpty || !this.cc.isEmpty;
    if (!this.#ccChosen) this.cc.set(this.#offered);
  }

  async #takeUp(): Promise<void> {
    const local = keptLocal(this.number);
    if (local !== null) {
      this.#show(local);
      this.#base = local.base;
    }
    await painted();
    const server = await this.#api.draft(this.number).catch(() => null);
    if (server) {
      const html = server.html || (server.text ? htmlOfText(server.text) : '');
      const shown = new Set([...picturesIn(html), ...picturesIn(this.words.html)]);
      this.files.takeBack((server.attachments ?? []).filter(({ id }) => !shown.has(id)));
      // Typing does not wait for the server, so what is typed by now has the last word.
      if (local === null && !this.#touched) {
        this.#base = server.updatedAt ?? null;
        this.#show({ ...server, html });
        if (this.#hasWords) this.#saved = 'saved';
      }
    }
    if (local !== null) this.#changed();
  }

  #show(draft: Partial<AnswerContent> & { note?: string; mode?: 'reply' | 'note' }): void {
    this.words.set(draft.html ?? '');
    this.to.set(draft.to ?? []);
    this.cc.set(draft.cc ?? []);
    this.bcc.set(draft.bcc ?? []);
    this.#note = draft.note ?? '';
    this.#mode = draft.mode ?? 'reply';
  }

  /** Empties the answer after sending; the note stays. */
  clearAnswer(): void {
    this.words.set('');
    this.to.set([]);
    this.cc.set(this.#offered);
    this.bcc.set([]);
    this.#ccChosen = false;
    this.files.clear();
    this.#changed();
  }

  clearNote(): void {
    this.#note = '';
    this.#changed();
  }

  /** Files that the server has already, such as those of a canned response. */
  addFiles(files: Attachment[]): void {
    if (files.length === 0) return;
    this.files.takeBack(files);
    this.#changed();
  }

  /** Puts an answer back that was taken back before it left, above what was written since. */
  restore({ html, to, cc, bcc, files }: AnswerContent): void {
    if (this.to.isEmpty) this.to.set(to ?? []);
    if (!this.#ccChosen || this.cc.isEmpty) this.cc.set(cc);
    if (this.bcc.isEmpty) this.bcc.set(bcc);
    this.#ccChosen = true;
    this.files.takeBack(files);
    this.words.putAbove(html);
  }

  /** Puts what was written elsewhere below what is written here; or leaves it. */
  settleReplaced(take: boolean): void {
    const other = this.#replaced;
    this.#replaced = null;
    if (!take || other === null) return;
    if (other.note !== '' && other.note !== this.#note) {
      this.#note = this.#note === '' ? other.note : `${this.#note}\n\n${other.note}`;
    }
    this.words.putBelow(other.html || htmlOfText(other.text));
  }

  /** Saves what still waits, for instance when the page is left. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#saved === 'waiting' || this.#saved === 'here') await this.#save();
  }

  #ccTyped(): void {
    this.#ccChosen = true;
    this.#changed();
  }

  #changed(): void {
    this.#touched = true;
    this.#change += 1;
    this.#saved = 'waiting';
    this.#keepHere();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  }

  #keepHere(): void {
    const { html, to, cc, bcc } = this.content;
    const base = this.#base;
    keepLocal(this.number, { html, note: this.#note, to, cc, bcc, mode: this.#mode, base });
  }

  /** One after the other: each says which one it was made from. */
  #save(): Promise<void> {
    this.#saves = this.#saves.then(() => this.#saveNow());
    return this.#saves;
  }

  async #saveNow(): Promise<void> {
    const change = this.#change;
    const { html, to, cc, bcc } = this.content;
    try {
      const saved = await this.#api.saveDraft(this.number, {
        ...{ text: this.words.text, html: html === '' ? null : html, note: this.#note },
        // An offer that nobody took up is made anew, for another mail may name others.
        ...{ to, bcc, cc: html === '' && !this.#ccChosen ? [] : cc },
        attachments: [...this.files.ids, ...picturesIn(html)],
        mode: html === '' && this.#note === '' ? 'reply' : this.#mode,
        base: this.#base,
      });
      this.#base = saved.updatedAt ?? null;
      if (saved.replaced) this.#replaced = saved.replaced;
      if (this.#change !== change) return this.#keepHere();
      forgetLocal(this.number);
      this.#saved = this.#hasWords ? 'saved' : 'nothing';
    } catch {
      if (this.#change !== change) return;
      this.#saved = 'here';
      if (this.#stopped) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.flush(), AGAIN_AFTER_MS);
    }
  }

  /** Leaves the clock alone when the page goes. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
