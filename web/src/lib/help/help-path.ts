/** The address of a help page of a company; empty fields of the query are left out. */
export function helpPath(
  company: string,
  { article, ...query }: { article?: string; lang?: string; q?: string } = {},
): string {
  const place = [company, ...(article === undefined ? [] : [article])];
  const search = new URLSearchParams(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
  ).toString();
  const path = `/help/${place.map(encodeURIComponent).join('/')}`;
  return search === '' ? path : `${path}?${search}`;
}
