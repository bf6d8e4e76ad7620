/** "Annas", "Hans", in Swedish: a name that ends in an s sound stays as it is. */
export function genitive(name: string): string {
  return /[sxz]$/i.test(name) ? name : `${name}s`;
}
