const MS_BY_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES_BY_UNIT = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 } as const;

/** Milliseconds of a text such as `500ms`, `20s`, `15m`, `36h` or `14d`; null when it is none. */
export function parseDurationMs(text: string): number | null {
  return parseQuantity(text, MS_BY_UNIT);
}

/** Bytes of a text such as `10MiB`, `512KiB` or `26214400B`; null when it is none. */
export function parseBytes(text: string): number | null {
  return parseQuantity(text, BYTES_BY_UNIT);
}

/** A number without a unit is refused: whoever writes `30` may mean seconds or days. */
function parseQuantity(text: string, units: Record<string, number>): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim());
  const unit = match?.[2] === undefined ? undefined : units[match[2]];
  if (match?.[1] === undefined || unit === undefined) return null;
  const value = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(value) ? value : null;
}
