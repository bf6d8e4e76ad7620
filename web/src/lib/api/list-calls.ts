import type * as L from './list-types.ts';
import type { Transport } from './transport.ts';
import type { Page } from './types.ts';

/** The calls of saved views. */
export class ListCalls {
  readonly #wire: Transport;

  constructor(wire: Transport) {
    this.#wire = wire;
  }

  savedViews = () => this.#wire.call<Page<L.SavedView>>('GET', '/saved-views');
  saveView = (body: L.SavedViewBody, idempotencyKey: string) =>
    this.#wire.call<L.SavedView>('POST', '/saved-views', { body, idempotencyKey });
  changeView = (id: string, body: L.SavedViewBody) =>
    this.#wire.call<L.SavedView>('PATCH', `/saved-views/${encodeURIComponent(id)}`, { body });
  deleteView = (id: string) =>
    this.#wire.call<unknown>('DELETE', `/saved-views/${encodeURIComponent(id)}`);
  orderViews = (views: string[]) =>
    this.#wire.call<Page<L.SavedView>>('PUT', '/saved-views/order', { body: { views } });
}
