/** What is asked before it is done. */
export type Question = 'discard' | 'remove' | 'behind';
