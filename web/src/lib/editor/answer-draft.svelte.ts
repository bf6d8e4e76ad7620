import type { ApiClient } from '../api/client.ts';
import type { Attachment } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import { FileSet } from './file-set.svelte.ts';
import { forgetLocal, keepLocal, keptLocal } from './local-draft.ts';

/** Long enough to gather a word or two, short enough to lose nothing worth naming. */
const SAVE_AFTER_MS = 800;

export type Saved = 'nothing' | 'waiting' | 'saved' | 'here';

/**
 * The answer and the note that are being written on one ticket. Each change is kept in this
 * browser at once and on the server soon after; the browser's copy goes when the server has it.
 */
export class AnswerDraft {
  readonly number: number;
  readonly files: FileSet;
  #api: ApiClient;
  #text = $state('');
  #note = $state('');
  #cc = $state('');
  #saved = $state<Saved>('nothing');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;
  /** Whom the newest mail names besides the customer: Cc until the agent chooses otherwise. */
  #offered = '';
  #ccChosen = true;

  constructor(api: ApiClient, number: number, say: Speech) {
    this.files = new FileSet(say, () => this.#changed());
    this.#api = api;
    this.number = number;
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#changed();
  }

  get note(): string {
    return this.#note;
  }

  set note(note: string) {
    this.#note = note;
    this.#changed();
  }

  get cc(): string {
    return this.#cc;
  }

  set cc(cc: string) {
    this.#cc = cc;
    this.#ccChosen = true;
    this.#changed();
  }

  get saved(): Saved {
    return this.#saved;
  }

  /** Addresses as typed, parted by commas or spaces. */
  get ccList(): string[] {
    return this.#cc.split(/[\s,;]+/).filter((address) => address !== '');
  }

  /** Fills an untouched Cc; an answer that is begun keeps the one that its writer has seen. */
  offerCc(addresses: readonly string[]): void {
    this.#offered = addresses.join(', ');
    if (!this.#ccChosen && (this.#text === '' || this.#cc === '')) this.#cc = this.#offered;
  }

  /** Takes up what was written before: this browser's unsaved copy, else the server's. */
  async load(): Promise<void> {
    await this.#takeUp();
    this.#ccChosen = this.#text !== '' || this.#cc !== '';
    if (!this.#ccChosen) this.#cc = this.#offered;
  }

  async #takeUp(): Promise<void> {
    const local = keptLocal(this.number);
    if (local !== null) {
      this.#text = local.text;
      this.#note = local.note;
      this.#cc = local.cc;
      this.#changed();
    }
    const server = await this.#api.draft(this.number).catch(() => null);
    if (!server) return;
    this.files.takeBack(server.attachments ?? []);
    // Typing does not wait for the server, so what is typed by now has the last word.
    if (local !== null || this.#touched) return;
    this.#text = server.text ?? '';
    this.#cc = (server.cc ?? []).join(', ');
    if (this.#text !== '') this.#saved = 'saved';
  }

  /** Empties the answer after sending; answers its files. The note stays. */
  clearAnswer(): Attachment[] {
    this.#text = '';
    this.#cc = this.#offered;
    this.#ccChosen = false;
    const files = this.files.clear();
    this.#changed();
    return files;
  }

  clearNote(): void {
    this.#note = '';
    this.#changed();
  }

  /** Puts an answer back that was taken back before it left, above what was written since. */
  restore(text: string, cc: string, files: Attachment[]): void {
    this.#text = this.#text.trim() === '' ? text : `${text}\n\n${this.#text}`;
    if (!this.#ccChosen || this.#cc === '') this.#cc = cc;
    this.#ccChosen = true;
    this.files.takeBack(files);
    this.#changed();
  }

  /** Saves what still waits, for instance when the page is left. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#saved === 'waiting') await this.#save();
  }

  #changed(): void {
    this.#touched = true;
    this.#saved = 'waiting';
    keepLocal(this.number, { text: this.#text, note: this.#note, cc: this.#cc });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  }

  async #save(): Promise<void> {
    const text = this.#text;
    const note = this.#note;
    try {
      await this.#api.saveDraft(this.number, {
        text,
        // An offer that nobody took up is made anew, for another mail may name others.
        cc: text === '' && !this.#ccChosen ? [] : this.ccList,
        attachments: this.files.ids,
      });
      if (this.#text !== text || this.#note !== note) return;
      // The server keeps the answer; a half-written note stays with this browser.
      if (note === '') forgetLocal(this.number);
      this.#saved = text === '' && note === '' ? 'nothing' : 'saved';
    } catch {
      this.#saved = 'here';
    }
  }
}
