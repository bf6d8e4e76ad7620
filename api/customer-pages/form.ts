/** A field of a plain HTML form; '' where it is missing or no text. */
export function fieldOf(form: unknown, name: string): string {
  if (typeof form !== 'object' || form === null) return '';
  const fields: [string, unknown][] = Object.entries(form);
  const found = fields.find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : '';
}
