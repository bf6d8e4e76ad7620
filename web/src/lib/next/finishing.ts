import { createContext } from 'svelte';
import { sentence } from '../api/api-error.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Toasts } from '../parts/toasts.svelte.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';
import type { PlaceInList } from './place-in-list.ts';

/** What this needs of the pages around it. */
export interface Ways {
  /** Where a finished ticket leads; null to stay. */
  onward: (place: PlaceInList) => string | null;
  /** This ticket's own address. */
  back: string;
  go: (path: string) => Promise<unknown>;
  /** Whether the ticket is still on the page. */
  here: () => boolean;
}

/** Solves and pends the open ticket, goes on to the next one, and knows the way back. */
export class Finishing {
  #page: OpenTicket;
  #place: PlaceInList;
  #toasts: Toasts;
  #say: Speech;
  #ways: Ways;

  constructor(page: OpenTicket, place: PlaceInList, toasts: Toasts, say: Speech, ways: Ways) {
    this.#page = page;
    this.#place = place;
    this.#toasts = toasts;
    this.#say = say;
    this.#ways = ways;
  }

  /** Answers whether it was done; a refusal stands at the page's buttons. */
  async solve(summary: boolean): Promise<boolean> {
    const { number, api } = this.#page;
    const { panel } = this.#say.t;
    const done = await this.#page.attempt('acts', () => api.solve(number, summary));
    if (done === null) return false;
    const { cancelled, summarySkipped } = done.answer;
    const list = cancelled.map((item) => panel.things[item.kind]).join(', ');
    this.#toasts.show({
      icon: 's-solved',
      text: summarySkipped ? panel.solvedNoSummaryToast(number) : panel.solvedToast(number),
      sub: list === '' ? undefined : panel.cancelledWithIt(list),
      action: { label: panel.reopen, run: () => void this.#undo(() => api.reopen(number)) },
    });
    await this.goOn();
    return true;
  }

  /** `at` in ms since 1970. Answers whether it was done; a refusal stands in `part`. */
  async pend(at: number, reason: string, part = 'pend'): Promise<boolean> {
    const { number, api } = this.#page;
    const { panel } = this.#say.t;
    const until = new Date(at).toISOString();
    const done = await this.#page.attempt(part, () => api.pend(number, until, reason));
    if (done === null) return false;
    this.#toasts.show({
      icon: 's-pending',
      text: panel.backToast(this.#say.dates.planned(at, Date.now())),
      sub: `#${number}`,
      action: { label: panel.undo, run: () => void this.#undo(() => api.resume(number)) },
    });
    await this.goOn();
    return true;
  }

  /** Goes where finished tickets lead. */
  async goOn(): Promise<void> {
    const path = this.#ways.onward(this.#place);
    if (path !== null && this.#ways.here()) await this.#ways.go(path);
  }

  /** Takes it back, and shows the ticket again. */
  async #undo(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      if (this.#ways.here()) await this.#page.refresh();
      else await this.#ways.go(this.#ways.back);
    } catch (error) {
      const text = this.#say.t.next.notUndone(this.#page.number, sentence(error, this.#say));
      this.#toasts.show({ icon: 's-failed', text });
    }
  }
}

export const [useFinishing, provideFinishing] = createContext<Finishing>();
export const [usePlace, providePlace] = createContext<PlaceInList>();
