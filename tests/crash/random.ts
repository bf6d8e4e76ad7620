/** Chance that a seed repeats: the same seed gives the same moments, waits and sizes again. */
export interface Random {
  /** A whole number, both bounds included. */
  between(min: number, max: number): number;
}

/** Mulberry32 (public domain, Tommy Ettinger): one word of state, good enough for moments. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { between: (min, max) => min + Math.floor(next() * (max - min + 1)) };
}
