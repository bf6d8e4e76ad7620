/** Where everybody reads a public article. */
export function helpAddress(publicUrl: string, company: string, article: string): string {
  return `${publicUrl}/help/${encodeURIComponent(company)}/${encodeURIComponent(article)}`;
}
