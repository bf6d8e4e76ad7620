/** The bell, its list, and what is shown on the desktop. */
export const reminders = {
  title: 'Reminders',
  bell: (open: number) => (open === 0 ? 'Reminders' : `Reminders, ${open} not done`),
  notDone: (open: number) => `${open} not done`,
  kinds: {
    callback: 'Back from Pending',
    customer_replied: 'The customer answered',
    invited: 'You were invited',
    mentioned: 'You were mentioned',
    assigned: 'Assigned to you',
    delivery_failed: 'Not delivered',
  },
  other: 'Reminder',
  answeredWhilePending: (name: string) => `${name} answered while pending`,
  done: 'Done',
  doneWith: (what: string, ticket: number) => `Done: ${what}, #${ticket}`,
  none: 'No reminders',
  noneText: 'Callbacks and news about your tickets come here.',
  desktop: {
    offer: 'Show them on the desktop too',
    allow: 'Allow',
    shown: 'Shown on the desktop too',
    stop: 'Stop',
    blocked:
      'This browser does not let Postkeep show them. Its settings for this page can change that.',
    newTickets: 'New tickets too',
    newTicket: (number: number) => `New ticket #${number}`,
  },
};
