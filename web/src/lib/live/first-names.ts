/** "Anna" of "Anna Berg"; the whole name where two share the first. */
export function firstNames(people: readonly { name: string }[]): string[] {
  const firsts = people.map(({ name }) => name.split(/\s+/)[0] ?? name);
  return people.map(({ name }, place) => {
    const first = firsts[place] ?? name;
    return firsts.filter((other) => other === first).length > 1 ? name : first;
  });
}
