/** "1 ticket", "4 tickets": for languages whose only other form is for one. */
export function counted(n: number, one: string, more: string): string {
  return `${n} ${n === 1 ? one : more}`;
}
