import type { ApiClient } from '../../api/client.ts';
import type { Suggestion, TimelineEntry } from '../../api/types.ts';
import type { OpenTicket } from '../../ticket/open-ticket.svelte.ts';
import { htmlOfLink } from '../finding/insert-parts.ts';
import { htmlOfText } from '../words/mail-html.ts';

/** What could answer a ticket. They are a help: without them nothing is missed. */
export class TicketSuggestions {
  readonly #api: ApiClient;
  readonly #page: OpenTicket;
  #items = $state.raw<readonly Suggestion[]>([]);

  constructor(api: ApiClient, page: OpenTicket) {
    this.#api = api;
    this.#page = page;
  }

  /** Until a person has answered. */
  get items(): readonly Suggestion[] {
    const { ticket, entries } = this.#page;
    return ticket.state === 'solved' || entries.some(isAnswer) ? [] : this.#items;
  }

  /** Where the assistant stands: what it found is asked for when that changes; null: not asked. */
  get told(): string | null {
    return this.#page.entries.findLast(isAssistants)?.id ?? null;
  }

  async load(): Promise<void> {
    try {
      this.#items = (await this.#api.suggestions(this.#page.number)).items;
    } catch {
      this.#items = [];
    }
  }

  /** Its words with the pages that customers can read, for the editor. */
  use(item: Suggestion): string {
    void this.#mark(item, 'used');
    const links = item.sources.flatMap(({ title, url }) =>
      url === null ? [] : [`<p>${htmlOfLink(title, url)}</p>`],
    );
    return htmlOfText(item.text) + links.join('');
  }

  dismiss(item: Suggestion): void {
    this.#items = this.#items.filter(({ id }) => id !== item.id);
    void this.#mark(item, 'dismissed');
  }

  async #mark({ id }: Suggestion, as: 'used' | 'dismissed'): Promise<void> {
    // A count for the report: whoever works on does not care that it failed.
    await this.#api.markSuggestion(this.#page.number, id, as).catch(() => undefined);
  }
}

function isAnswer(entry: TimelineEntry): boolean {
  return entry.kind === 'message' && entry.messageKind === 'reply';
}

function isAssistants(entry: TimelineEntry): boolean {
  return entry.kind === 'event' && entry.type.startsWith('assistant');
}
