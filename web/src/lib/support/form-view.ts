import type { SupportWords } from '../i18n/support/en.ts';
import type { Form, ModuleFacts, PublicDesk } from './desk.ts';
import { make } from './element.ts';
import { fileProblem, filesHint } from './file-words.ts';
import { FormKey } from './form-key.ts';
import { problemWords } from './problem-words.ts';

const SUBJECT_CHARS = 100;
const TEXT_CHARS_MAX = 100_000;
const LINE_CHARS_MAX = 200;

export interface FormActions {
  back: () => void;
  sent: (number: number) => void;
}

const line = (id: string, given: object) =>
  make('input', { id, name: id, maxlength: LINE_CHARS_MAX, ...given });

/** A message to a person, begun with what was asked. */
export class FormView {
  readonly element: HTMLFormElement;
  readonly #desk: PublicDesk;
  readonly #words: SupportWords;
  readonly #limits: ModuleFacts['limits'];
  readonly #sent: FormActions['sent'];
  readonly #name = line('name', { autocomplete: 'name' });
  readonly #email = line('email', { type: 'email', autocomplete: 'email', required: true });
  readonly #subject = line('subject', { required: true });
  readonly #text = make('textarea', {
    ...{ id: 'text', rows: 5, required: true, maxlength: TEXT_CHARS_MAX },
  });
  readonly #files = line('files', {
    ...{ type: 'file', multiple: true, 'aria-describedby': 'files-hint' },
  });
  readonly #trap = line('website', { tabindex: -1, autocomplete: 'off' });
  readonly #problem = make('p', { class: 'bad', role: 'alert' });
  readonly #status = make('p', { class: 'vh', role: 'status' });
  readonly #bar: HTMLProgressElement;
  readonly #send: HTMLButtonElement;
  readonly #key = new FormKey();

  constructor(
    desk: PublicDesk,
    words: SupportWords,
    limits: ModuleFacts['limits'],
    question: string,
    actions: FormActions,
  ) {
    this.#desk = desk;
    this.#words = words;
    this.#limits = limits;
    this.#sent = actions.sent;
    this.#subject.value = (question.split('\n')[0] ?? '').slice(0, SUBJECT_CHARS);
    this.#text.value = question;
    this.#bar = make('progress', { max: 100, 'aria-label': words.sending, hidden: true });
    this.#send = make('button', { class: 'main', type: 'submit' }, words.send);
    this.element = make(
      'form',
      { on: { submit: (event) => void this.#submit(event) } },
      make('h3', { tabindex: -1 }, words.form),
      ...[...labelled(this.#name, words.name), ...labelled(this.#email, words.email)],
      ...[...labelled(this.#subject, words.subject), ...labelled(this.#text, words.message)],
      desk.hasAsked ? make('p', { class: 'soft' }, words.withExchange) : null,
      ...labelled(this.#files, words.files),
      make('p', { class: 'soft', id: 'files-hint' }, filesHint(limits, words)),
      make('div', { class: 'trap', 'aria-hidden': true }, ...labelled(this.#trap, words.trap)),
      ...[this.#problem, this.#status, this.#bar],
      make(
        'div',
        { class: 'row' },
        ...[
          this.#send,
          make('button', { type: 'button', on: { click: actions.back } }, words.back),
        ],
      ),
    );
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const words = this.#words;
    const files = [...(this.#files.files ?? [])];
    this.#problem.textContent = fileProblem(files, this.#limits, words);
    if (this.#problem.textContent !== '' || this.#send.disabled) return;
    const form: Form = {
      ...{ name: this.#name.value.trim(), email: this.#email.value.trim() },
      ...{ subject: this.#subject.value.trim(), text: this.#text.value },
      ...{ website: this.#trap.value, files },
    };
    this.#send.disabled = true;
    this.#send.textContent = words.sending;
    try {
      this.#sent(await this.#desk.send(form, this.#key.of(form), this.#showProgress));
    } catch (error) {
      this.#problem.textContent = problemWords(error, words);
    } finally {
      this.#send.disabled = false;
      this.#send.textContent = words.send;
      this.#bar.hidden = true;
    }
  }

  #showProgress = (share: number): void => {
    const percent = Math.round(share * 100);
    this.#bar.hidden = false;
    this.#bar.value = percent;
    this.#status.textContent = this.#words.progress(percent);
  };
}

function labelled(control: HTMLElement, label: string): HTMLElement[] {
  return [make('label', { for: control.id }, label), control];
}
