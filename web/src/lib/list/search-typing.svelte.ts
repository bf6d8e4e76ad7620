import type { Speech } from '../i18n/speech.ts';
import type { Clock } from '../time/clock.svelte.ts';
import type { Choices } from './choices.svelte.ts';
import { withFilter, withoutFilter } from './filters.ts';
import { KIND_ICONS, type Offer } from './offers.ts';
import { Picker } from './picker.svelte.ts';
import { soughtCustomer, typedOffers } from './typed-offers.ts';
import type { ListQuery } from './views.ts';

/** A pause in which somebody who types looks up. */
const PAUSE_MS = 350;

/** `typing`: the words are still being typed, which is no step that one goes back to. */
type Ask = (change: Partial<ListQuery>, typing: boolean) => void;

interface Surroundings {
  query: () => ListQuery;
  choices: Choices;
  clock: Clock;
  say: Speech;
  ask: Ask;
}

/** Words that are typed into the search field, and the filters that they may mean. */
export class SearchTyping {
  typed = $state('');
  readonly picker: Picker;
  #around: Surroundings;
  #offering = $state(false);
  #asked: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#asked = around.query().q;
    this.typed = this.#asked;
    this.picker = new Picker(() => this.#offers.map((offer) => this.#line(offer)), false);
  }

  /** Whether filters are offered. */
  get offers(): boolean {
    return this.#offers.length > 0;
  }

  get #offers(): Offer[] {
    if (!this.#offering) return [];
    const { query, choices, clock, say } = this.#around;
    const { typed } = this;
    return typedOffers({
      typed,
      view: query().view,
      material: choices.material,
      now: clock.now,
      say,
    });
  }

  /** The address says something else than what was asked here: the way back, or another link. */
  follow(q: string): void {
    if (q === this.#asked) return;
    this.#asked = q;
    this.typed = q;
  }

  input(): void {
    this.#offering = true;
    this.picker.restart();
    void this.#around.choices.load();
    this.#around.choices.seekCustomer(soughtCustomer(this.typed));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask({}, true), PAUSE_MS);
  }

  /** Enter: these words, and no filter. */
  search(): void {
    this.#offering = false;
    this.#ask({}, false);
  }

  removeLast(): void {
    const { filters } = this.#around.query();
    const last = filters.at(-1);
    if (last !== undefined) this.#ask({ filters: withoutFilter(filters, last) }, false);
  }

  /** Answers whether there was something to close. */
  closeOffers(): boolean {
    const were = this.offers;
    this.#offering = false;
    return were;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#around.choices.seekCustomer('');
  }

  #line(offer: Offer) {
    return {
      icon: KIND_ICONS[offer.kind],
      what: this.#around.say.t.list.filters[offer.kind],
      text: offer.text,
      pick: () => this.#take(offer),
    };
  }

  #take(offer: Offer): void {
    this.#offering = false;
    this.typed = offer.rest;
    this.#ask({ filters: withFilter(this.#around.query().filters, offer.filter) }, false);
  }

  #ask(change: Partial<ListQuery>, typing: boolean): void {
    clearTimeout(this.#timer);
    this.#asked = this.typed.trim();
    this.#around.ask({ q: this.#asked, ...change }, typing);
  }
}
