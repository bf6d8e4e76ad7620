/** Where the private half of a key is kept: what is sealed for one place opens in no other. */
export function dkimKeyPlace(company: string, id: string): string {
  return `dkim key ${company}/${id}`;
}
