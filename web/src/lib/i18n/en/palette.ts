/** The command palette. */
export const palette = {
  title: 'Commands',
  hint: 'Type a command, a ticket, a customer or a page',
  hintTicket: 'Type a command such as “pend fri”, a ticket, a customer or a page',
  on: (number: number, customer: string) =>
    customer === '' ? `On #${number}` : `On #${number}, ${customer}`,
  groups: { tickets: 'Tickets', customers: 'Customers', go: 'Go to', settings: 'Settings' },
  nothing: (typed: string) => `Nothing is called “${typed}”.`,
  pendUntil: (when: string) => `Pend until ${when}`,
  autoSolveAt: (when: string) => `Auto-solve ${when}`,
  /** What else is typed before a date, or for a command. */
  pendWords: 'wait callback back',
  autoSolveWords: 'solve on',
  renameWords: 'subject',
  label: (name: string) => `Label ${name}`,
  unlabel: (name: string) => `Remove label ${name}`,
  invite: (name: string) => `Invite ${name}`,
  uninvite: (name: string) => `Take ${name} off`,
  team: (name: string) => `Move to team ${name}`,
  savedView: 'Saved view',
  sharedBy: (who: string) => `Saved view, shared by ${who}`,
};
