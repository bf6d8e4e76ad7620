/** "Eleanor Hughes" → "EH", "anna@x.test" → "AN". */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => word !== '');
  const [first = '?', ...others] = words;
  const last = others.at(-1);
  const single = last === undefined || name.includes('@');
  const letters = single ? first.slice(0, 2) : `${first.charAt(0)}${last.charAt(0)}`;
  return letters.toLocaleUpperCase();
}
