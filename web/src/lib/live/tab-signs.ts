const COUNT_MAX = 99;

/** "(3) Open · Postkeep": what waits, before the name of the page. */
export function titleWith(title: string, waiting: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, '');
  return waiting === 0 ? plain : `(${short(waiting)}) ${plain}`;
}

/** The address of the icon of the tab, with a badge while something waits. */
export function faviconWith(waiting: number): string {
  if (waiting === 0) return '/favicon.svg';
  const text = short(waiting);
  const size = text.length > 2 ? 9 : text.length > 1 ? 11 : 13;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
<rect width="24" height="24" rx="6" fill="#0b6453"/>
<g fill="none" stroke="#fff" stroke-width="1.5"><path d="M4 6l6 4.500 6-4.500M4 6v9h8"/></g>
<circle cx="16" cy="16" r="8" fill="#ffb224"/>
<text x="16" y="${16 + size * 0.36}" font-family="sans-serif" font-size="${size}"
 font-weight="700" text-anchor="middle" fill="#241a00">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function short(count: number): string {
  return count > COUNT_MAX ? `${COUNT_MAX}+` : String(count);
}
