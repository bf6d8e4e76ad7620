/** What a reader said of an article, as the address says after their vote; null: nothing yet. */
export type Voted = 'yes' | 'no' | 'told' | null;

export function votedIn(said: string | null): Voted {
  return said === 'yes' || said === 'no' || said === 'told' ? said : null;
}
