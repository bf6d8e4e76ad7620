/** A person reads a few pages in a minute; a whole office behind one address reads more. */
export const READS = { max: 240, timeWindow: '1 minute' } as const;

/** Somebody types, and every letter asks. */
export const ASKS = { max: 30, timeWindow: '1 second' } as const;
