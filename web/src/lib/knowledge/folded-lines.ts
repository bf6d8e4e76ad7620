import type { ComparedLine } from './compare.ts';

/** Lines that stay the same around a change, so that one knows where it is. */
const AROUND = 2;

/** With long stretches that did not change as their number alone. */
export function folded(lines: readonly ComparedLine[]): (ComparedLine | { hidden: number })[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const parts: (ComparedLine | { hidden: number })[] = [];
  for (const [at, line] of lines.entries()) {
    const last = parts.at(-1);
    if (near[at]) parts.push(line);
    else if (last && 'hidden' in last) last.hidden += 1;
    else parts.push({ hidden: 1 });
  }
  return parts;
}
