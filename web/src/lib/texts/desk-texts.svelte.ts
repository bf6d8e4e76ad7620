import { defaultDeskTexts, deskTextPlaceholders } from '../../../../domain/desk-texts.ts';
import { unknownPlaceholders, writtenPlaceholder } from '../../../../domain/placeholders.ts';
import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { DeskText, DeskTextKind, MailPreviewed } from '../api/settings-types.ts';
import type { Language } from '../i18n/language.ts';
import type { Speech } from '../i18n/speech.ts';

/** As long as a pause between words: the preview follows the typing, and not every letter. */
const PAUSE_MS = 250;

/** The texts of the mails that the desk writes: one is edited and looked at, all are kept. */
export class DeskTexts {
  #api: ApiClient;
  #say: Speech;
  #saved = $state.raw<readonly DeskText[]>([]);
  /** What is typed, by kind and language; what is not here is as it was saved. */
  #typed = $state<Record<string, string>>({});
  #kind = $state<DeskTextKind>('acknowledgement');
  #language = $state<Language>('en');
  #preview = $state.raw<MailPreviewed | null>(null);
  #problem = $state<string | null>(null);
  #busy = $state(false);
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ApiClient, say: Speech, saved: readonly DeskText[], language: Language) {
    this.#api = api;
    this.#say = say;
    this.#saved = saved;
    this.#language = language;
    this.#look(0);
  }

  get kind(): DeskTextKind {
    return this.#kind;
  }

  set kind(kind: DeskTextKind) {
    this.#kind = kind;
    this.#look(0);
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    this.#look(0);
  }

  get text(): string {
    return this.#typed[this.#key] ?? this.#current.text;
  }

  set text(text: string) {
    this.#typed[this.#key] = text;
    this.#look(PAUSE_MS);
  }

  get isChanged(): boolean {
    return this.text.trim() !== this.#current.text;
  }

  /** Whether any of them would be lost. */
  get areChanged(): boolean {
    return this.#saved.some((one) => (this.#typed[keyOf(one)] ?? one.text).trim() !== one.text);
  }

  /** Whether there is a text of the desk to go back to. */
  get isOwn(): boolean {
    return this.#current.isOwn || this.isChanged;
  }

  get preview(): MailPreviewed | null {
    return this.#preview;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get busy(): boolean {
    return this.#busy;
  }

  save = async (): Promise<boolean> => {
    this.#problem = this.#wrong();
    if (this.#problem !== null) return false;
    const text = { ...this.#current, text: this.text };
    return this.#change(() => this.#api.settings.saveDeskText(text));
  };

  reset = (): Promise<boolean> =>
    this.#change(() => this.#api.settings.resetDeskText(this.#current));

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  get #current(): DeskText {
    const found = this.#saved.find(
      ({ kind, language }) => kind === this.#kind && language === this.#language,
    );
    const [kind, language] = [this.#kind, this.#language];
    return found ?? { kind, language, text: defaultDeskTexts[kind][language], isOwn: false };
  }

  get #key(): string {
    return keyOf(this.#current);
  }

  #wrong(): string | null {
    const { texts } = this.#say.t;
    if (this.text.trim() === '') return texts.textMissing;
    const [unknown] = unknownPlaceholders(this.text, deskTextPlaceholders);
    return unknown === undefined ? null : texts.unknown(writtenPlaceholder(unknown));
  }

  async #change(ask: () => Promise<DeskText>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      const saved = await ask();
      const others = this.#saved.filter((one) => keyOf(one) !== keyOf(saved));
      this.#saved = [...others, saved];
      this.#typed[keyOf(saved)] = saved.text;
      this.#problem = null;
      this.#look(0);
      return true;
    } catch (error) {
      this.#problem = sentence(error, this.#say);
      return false;
    } finally {
      this.#busy = false;
    }
  }

  /** Asks for the mail with these words; an answer that is late is not waited for. */
  #look(afterMs: number): void {
    this.stop();
    this.#timer = setTimeout(() => void this.#ask(), afterMs);
  }

  async #ask(): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#problem = this.#wrong();
    if (this.#problem !== null) return;
    const [kind, language, text] = [this.#kind, this.#language, this.text];
    try {
      this.#preview = await this.#api.settings.previewDeskText({ kind, language, text }, signal);
      this.#problem = null;
    } catch (error) {
      if (!signal.aborted) this.#problem = sentence(error, this.#say);
    }
  }
}

function keyOf({ kind, language }: Pick<DeskText, 'kind' | 'language'>): string {
  return `${kind} ${language}`;
}
