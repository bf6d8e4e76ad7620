import type { SupportWords } from '../i18n/support/en.ts';
import type { Asked, PublicDesk } from './desk.ts';
import { make } from './element.ts';
import { problemWords } from './problem-words.ts';
import { sourceList } from './source-list.ts';

/** Between two letters of somebody who types. */
const TYPED_AFTER_MS = 250;

/** Whoever looks at what was found for so long meant what they typed. */
const SETTLED_AFTER_MS = 1_500;

/** Shorter words find everything. */
const WORDS_CHARS_MIN = 3;

/** As much as one may ask. */
const QUESTION_CHARS_MAX = 6_000;

export interface AskActions {
  solved: () => Promise<void>;
  write: (question: string) => void;
}

/** A question, the articles that fit while it is typed, and the assistant's answer. */
export class AskView {
  readonly element: HTMLElement;
  readonly #desk: PublicDesk;
  readonly #words: SupportWords;
  readonly #language: string;
  readonly #actions: AskActions;
  readonly #form: HTMLFormElement;
  readonly #box: HTMLTextAreaElement;
  readonly #go: HTMLButtonElement;
  readonly #status = make('p', { class: 'vh', role: 'status' });
  readonly #shown = make('div');
  #timer = 0;
  #settling = 0;
  #looking = new AbortController();

  constructor(desk: PublicDesk, words: SupportWords, language: string, actions: AskActions) {
    this.#desk = desk;
    this.#words = words;
    this.#language = language;
    this.#actions = actions;
    this.#box = make('textarea', {
      ...{ id: 'q', rows: 2, maxlength: QUESTION_CHARS_MAX, required: true },
      on: { input: this.#typed, keydown: this.#sendOnEnter },
    });
    this.#go = make('button', { class: 'main', type: 'submit' }, words.ask);
    const write = () => actions.write(this.#box.value.trim());
    this.#form = make(
      'form',
      { on: { submit: (event) => void this.#ask(event) } },
      ...[make('label', { for: 'q' }, words.question), this.#box],
      make(
        'div',
        { class: 'row' },
        ...[this.#go, make('button', { type: 'button', on: { click: write } }, words.write)],
      ),
    );
    this.element = make('div', {}, this.#form, this.#status, this.#shown);
  }

  #typed = (): void => {
    this.#forgetTyped();
    this.#timer = window.setTimeout(() => void this.#look(), TYPED_AFTER_MS);
    this.#settling = window.setTimeout(() => void this.#settle(), SETTLED_AFTER_MS);
  };

  #forgetTyped(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#settling);
    this.#looking.abort();
  }

  async #look(): Promise<void> {
    const asked = this.#box.value.trim();
    if (asked.length < WORDS_CHARS_MIN) return;
    const words = this.#words;
    this.#looking = new AbortController();
    try {
      const found = await this.#desk.articles(asked, this.#looking.signal);
      const isNone = found.length === 0;
      this.#status.textContent = isNone ? words.noArticles : words.found(found.length);
      const head = make('h3', {}, words.articles);
      this.#shown.replaceChildren(...(isNone ? [] : [head, sourceList(found)]));
    } catch {
      // Whoever types asks again with the next letter.
    }
  }

  /** For the report only: what was found stays, as somebody may be among it with the keyboard. */
  async #settle(): Promise<void> {
    const asked = this.#box.value.trim();
    if (asked.length < WORDS_CHARS_MIN) return;
    await this.#desk.articles(asked, this.#looking.signal, true).catch(() => undefined);
  }

  async #ask(event: Event): Promise<void> {
    event.preventDefault();
    const question = this.#box.value.trim();
    if (question === '' || this.#go.disabled) return;
    const words = this.#words;
    this.#forgetTyped();
    this.#go.disabled = true;
    this.#status.textContent = words.asking;
    this.#shown.replaceChildren(make('p', { class: 'soft' }, words.asking));
    try {
      this.#show(await this.#desk.ask(question, this.#language), question);
    } catch (error) {
      this.#status.textContent = '';
      this.#shown.replaceChildren(this.#problem(error));
    } finally {
      this.#go.disabled = false;
    }
  }

  #show({ answer, sources }: Asked, question: string): void {
    const words = this.#words;
    const head = make('h3', { tabindex: -1 }, words.answer);
    const isNothing = answer === null && sources.length === 0;
    const solve = { class: 'main', type: 'button', on: { click: this.#solve } };
    const more = { type: 'button', on: { click: () => this.#actions.write(question) } };
    const about = answer === null ? words.notSure : words.byMachine;
    this.#status.textContent = '';
    this.#shown.replaceChildren(
      head,
      ...(isNothing ? [make('p', { class: 'said' }, words.nothing)] : []),
      ...(answer === null ? [] : [make('p', { class: 'said' }, answer)]),
      ...(isNothing ? [] : [make('p', { class: 'soft' }, about), sourceList(sources)]),
      make(
        'div',
        { class: 'row' },
        ...[
          isNothing ? null : make('button', solve, words.solved),
          make('button', more, words.needHelp),
        ],
      ),
    );
    head.focus();
  }

  #solve = async (event: Event): Promise<void> => {
    const button = event.currentTarget;
    if (!(button instanceof HTMLButtonElement)) return;
    button.disabled = true;
    try {
      await this.#actions.solved();
    } catch (error) {
      button.disabled = false;
      this.#shown.append(this.#problem(error));
    }
  };

  #problem(error: unknown): HTMLElement {
    return make('p', { class: 'bad', role: 'alert' }, problemWords(error, this.#words));
  }

  #sendOnEnter = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return;
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  };
}
