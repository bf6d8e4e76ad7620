import type { ApiClient } from '../api/client.ts';
import type { Customer } from '../api/customer-types.ts';
import type { Ticket } from '../api/types.ts';

/** So long the typing rests before it is looked for. */
const REST_MS = 120;
/** Less than this finds everything. */
const CHARS_MIN = 2;
const FOUND_MAX = 5;

/** Looks for tickets and customers with what is typed. What was found before stays until then. */
export class PaletteSearch {
  #api: ApiClient;
  #tickets = $state.raw<Ticket[]>([]);
  #customers = $state.raw<Customer[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get tickets(): Ticket[] {
    return this.#tickets;
  }

  get customers(): Customer[] {
    return this.#customers;
  }

  type(typed: string): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const words = typed.trim();
    // A number is a ticket's, however short.
    if (words.length < CHARS_MIN && !/^#?\d/.test(words)) {
      this.#tickets = [];
      this.#customers = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#look(words), REST_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #look(words: string): Promise<void> {
    const asked = this.#asked;
    const nothing = { items: [] };
    const [tickets, customers] = await Promise.all([
      this.#api.tickets({ view: 'all', q: words, limit: FOUND_MAX }).catch(() => nothing),
      this.#api.customers(words, FOUND_MAX).catch(() => nothing),
    ]);
    if (asked !== this.#asked) return;
    this.#tickets = tickets.items;
    this.#customers = customers.items;
  }
}
