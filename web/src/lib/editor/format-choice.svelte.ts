import { keepItem, readItem } from './local-draft.ts';

const KEY = 'postkeep:formats';

/** Whether the row of formats is shown; it stays as the agent left it. */
export class FormatChoice {
  #on = $state(readItem(KEY) === 'on');

  get on(): boolean {
    return this.#on;
  }

  set on(on: boolean) {
    this.#on = on;
    keepItem(KEY, on ? 'on' : 'off');
  }
}
