/** What came since the last look, of lists that are loaded again and again. */
export class NewThings<Id> {
  #known: Set<Id> | null = null;

  /** Items that were not there at any look before; at the first look nothing is new. */
  of<Item>(items: readonly Item[], idOf: (item: Item) => Id): Item[] {
    const known = this.#known;
    const fresh = known === null ? [] : items.filter((item) => !known.has(idOf(item)));
    this.#known = new Set([...(known ?? []), ...items.map((item) => idOf(item))]);
    return fresh;
  }
}
