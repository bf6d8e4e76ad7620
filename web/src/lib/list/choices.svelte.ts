import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import type { FoundCustomer } from '../api/list-types.ts';
import type { Mailbox } from '../api/types.ts';
import type { Desk } from '../menu/desk.svelte.ts';
import type { Filter } from './filters.ts';
import type { Material } from './offers.ts';

/** So many customers are offered; whoever is not among them is found by another letter. */
const CUSTOMERS_MAX = 8;
/** Somebody who types on asks for something else. */
const TYPING_MS = 120;

/** What filters can be made of, and the names of what they name by id. */
export class Choices {
  readonly #api: ApiClient;
  readonly #desk: Desk;
  #mailboxes = $state.raw<Mailbox[]>([]);
  #found = $state.raw<FoundCustomer[]>([]);
  /** Names of customers by their id; null for one that is not there. */
  #customers = $state<Record<string, string | null>>({});
  #loading: Promise<void> | null = null;
  #asked = new Set<string>();
  #sought = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ApiClient, desk: Desk) {
    this.#api = api;
    this.#desk = desk;
  }

  get material(): Material {
    const { labels, agents, teams } = this.#desk;
    return { labels, agents, teams, mailboxes: this.#mailboxes, customers: this.#found };
  }

  /** Loads what the desk does not have anyway; without it there are fewer choices. */
  load(): Promise<void> {
    this.#loading ??= this.#api.mailboxes().then(
      (mailboxes) => void (this.#mailboxes = mailboxes),
      () => void (this.#loading = null),
    );
    return this.#loading;
  }

  /** Looks for customers, for `material`; '' forgets them. */
  seekCustomer(word: string): void {
    if (word === this.#sought) return;
    this.#sought = word;
    clearTimeout(this.#timer);
    if (word === '') this.#found = [];
    else this.#timer = setTimeout(() => void this.#seek(word), TYPING_MS);
  }

  /** The name of what a filter names; null while nobody knows it. */
  nameOf({ key, value }: Filter): string | null {
    const named = (items: readonly { id: string; name: string }[]) =>
      items.find((item) => item.id === value)?.name ?? null;
    const { labels, agents, teams, mailboxes } = this.material;
    switch (key) {
      case 'label':
        return named(labels) ?? labels.find(({ name }) => name === value)?.name ?? null;
      case 'team':
        return named(teams);
      case 'mailbox':
        return (
          mailboxes.find(({ id, address }) => id === value || address === value)?.address ?? null
        );
      case 'owner':
      case 'solver':
        return named(agents);
      case 'customer':
        return this.#customers[value] ?? null;
      default:
        return null;
    }
  }

  /** Asks for the names that these filters need and nobody knows yet. */
  async learn(filters: readonly Filter[]): Promise<void> {
    if (filters.some(({ key }) => key === 'mailbox')) await this.load();
    for (const { key, value } of filters) {
      if (key !== 'customer' || this.#asked.has(value)) continue;
      this.#asked.add(value);
      const customer = await this.#api.customer(value).catch(() => null);
      this.#customers[value] = customer === null ? null : customer.name || customer.email;
    }
  }

  async #seek(word: string): Promise<void> {
    const page = await this.#api.customers(word, CUSTOMERS_MAX).catch(() => ({ items: [] }));
    // An answer that comes after another word was typed is old.
    if (word === this.#sought) this.#found = page.items;
  }
}

export const [useChoices, provideChoices] = createContext<Choices>();
