import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import type { SavedView, SavedViewBody } from '../api/list-types.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';
import { listOf } from './saved-query.ts';
import { listPath, type ListQuery } from './views.ts';

/** Each view is counted by a question of its own, for every agent: seldom enough on a busy day. */
const GATHER_MS = 4000;

/** The agent's saved views and the shared ones, with their counts. */
export class SavedViews {
  readonly #api: ApiClient;
  #items = $state.raw<SavedView[]>([]);

  constructor(api: ApiClient) {
    this.#api = api;
  }

  get items(): SavedView[] {
    return this.#items;
  }

  /** Loads them and follows the news; answers the way to stop. */
  start(live: LiveEvents): () => void {
    void this.refresh();
    const concerns = ({ kind }: { kind: string }) => kind === 'counts' || kind === 'resync';
    return live.gather(concerns, GATHER_MS, () => this.refresh());
  }

  /** The saved view that shows this very list. */
  find(query: ListQuery): SavedView | undefined {
    const path = listPath(query);
    return this.#items.find((view) => listPath(listOf(view)) === path);
  }

  /** Old ones stay when the server cannot be asked. */
  async refresh(): Promise<void> {
    const page = await this.#api.lists.savedViews().catch(() => null);
    if (page !== null) this.#items = page.items;
  }

  /** @throws ApiError, as all that change something do */
  async save(body: SavedViewBody, idempotencyKey: string): Promise<void> {
    await this.#api.lists.saveView(body, idempotencyKey);
    await this.refresh();
  }

  async change(id: string, body: SavedViewBody): Promise<void> {
    await this.#api.lists.changeView(id, body);
    await this.refresh();
  }

  async remove(id: string): Promise<void> {
    await this.#api.lists.deleteView(id);
    await this.refresh();
  }

  /** Up is -1, down is 1. */
  async move(id: string, by: number): Promise<void> {
    const ids = this.#items.map((view) => view.id);
    const here = ids.indexOf(id);
    const other = ids[here + by];
    if (here < 0 || other === undefined) return;
    const order = ids.with(here, other).with(here + by, id);
    this.#items = (await this.#api.lists.orderViews(order)).items;
  }
}

export const [useSavedViews, provideSavedViews] = createContext<SavedViews>();
