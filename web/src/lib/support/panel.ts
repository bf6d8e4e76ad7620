import type { SupportWords } from '../i18n/support/en.ts';
import { AskView } from './ask-view.ts';
import type { ModuleFacts, PublicDesk } from './desk.ts';
import { make } from './element.ts';
import { FormView } from './form-view.ts';

export interface PanelParts {
  desk: PublicDesk;
  words: SupportWords;
  facts: ModuleFacts;
  language: string;
}

/** The steps of the module, one at a time; `close` where it can be closed. */
export function makePanel({ desk, words, facts, language }: PanelParts, close?: () => void) {
  const steps = make('div');
  const title = make('h2', { id: 'title' }, words.title(facts.company));
  const cross = { class: 'x', type: 'button', 'aria-label': words.close };
  const element = make(
    'div',
    { class: 'panel' },
    make(
      'header',
      {},
      ...[title, close ? make('button', { ...cross, on: { click: close } }, '×') : null],
    ),
    steps,
  );

  function show(step: HTMLElement, focused?: string): void {
    steps.replaceChildren(step);
    if (focused === undefined) return;
    const target = step.querySelector(focused);
    if (target instanceof HTMLElement) target.focus();
  }

  /** Where a visitor goes back to: with what they asked and were told. */
  let asking: HTMLElement = newQuestion();

  function newQuestion(): HTMLElement {
    const asked = new AskView(desk, words, language, {
      solved: async () => {
        await desk.solved();
        show(end(words.glad, words.gladDetail), 'h3');
      },
      write: (question) => {
        const actions = {
          back: () => show(asking, 'textarea'),
          sent: (number: number) => show(end(words.thanks, words.received(number)), 'h3'),
        };
        show(new FormView(desk, words, facts.limits, question, actions).element, 'h3');
      },
    });
    return asked.element;
  }

  function end(head: string, detail: string): HTMLElement {
    const again = () => {
      asking = newQuestion();
      show(asking, 'textarea');
    };
    return make(
      'div',
      {},
      ...[make('h3', { tabindex: -1 }, head), make('p', { role: 'status' }, detail)],
      make('div', { class: 'row' }, make('button', { on: { click: again } }, words.again)),
    );
  }

  show(asking);
  return element;
}
