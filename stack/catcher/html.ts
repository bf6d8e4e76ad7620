/** Markup that is safe to put into a page. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | readonly Part[];

/** Every value that is put in is escaped, except what was made by this function itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const markup = strings.reduce((text, string, index) => {
    const value = index < values.length ? render(values[index] ?? null) : '';
    return text + string + value;
  }, '');
  return { markup };
}

function render(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  if (isHtml(part)) return part.markup;
  return part.map(render).join('');
}

function isHtml(part: Html | readonly Part[]): part is Html {
  return 'markup' in part;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
