import { counted } from '../counted.ts';

export const list = {
  /** Each view: its name, and what stands in its place when it is empty. */
  views: {
    open: {
      title: 'Open',
      emptyTitle: 'Nothing waits for you',
      emptyText: 'Tickets that you own or take part in stand here.',
    },
    new: {
      title: 'New',
      emptyTitle: 'No new tickets',
      emptyText: 'Mail that nobody has claimed yet stands here.',
    },
    team: {
      title: 'Team',
      emptyTitle: 'Nothing open in your teams',
      emptyText: 'Open tickets of the others in your teams stand here.',
    },
    pending: {
      title: 'Pending',
      emptyTitle: 'Nothing is on hold',
      emptyText: 'Tickets that come back on a date stand here.',
    },
    solved: {
      title: 'Solved',
      emptyTitle: 'No solved tickets',
      emptyText: 'Solved tickets can be searched and reopened here.',
    },
  },
  pageTitle: (title: string) => `${title} · Postkeep`,
  tickets: (n: number) => counted(n, 'ticket', 'tickets'),
  ticketsOf: (title: string) => `${title} tickets`,
  ticketsIn: (title: string) => `Tickets in ${title}`,
  noSubject: '(no subject)',
  unread: 'Unread',
  notRefreshed: 'This list could not be refreshed',
  loading: 'Loading…',
  showMore: 'Show more',
  sort: 'Sort',
  sorts: { newest: 'Newest activity', waiting: 'Longest waiting' },
  updates: (n: number) => counted(n, 'update', 'updates'),
  updatesHint: 'The list waits while your pointer is in it',
  /** Groups of a list that is sorted by waiting. */
  waitingFor: {
    open: 'Waiting for you',
    new: 'Waiting for somebody to claim them',
    team: 'Waiting for the team',
    pending: 'Waiting for us',
    solved: 'Waiting for us',
  },
  waitingHint: 'waiting since their first unanswered mail',
  answered: 'Answered, their turn',
  answeredHint: 'last mail was ours',
  comingBack: 'Coming back from Pending today',
  comingBackHint: 'not counted in Open',
  /** Said before how long a ticket waits. */
  waiting: 'Waiting',
  back: (when: string) => `Back ${when}`,
  solves: (when: string) => `Solves ${when}`,
  solvedBy: (who: string, when: string) => `Solved by ${who}, ${when}`,
  solvers: {
    you: 'you',
    agent: 'an agent',
    assistant: 'the assistant',
    auto: 'itself',
    operations: 'operations',
  },
  nothing: 'No such ticket',
  nothingHas: (words: string) => `No ticket has “${words}”`,
  lookedIn: (title: string) =>
    `Looked in subjects, mails, customers and labels of the ${title.toLowerCase()} tickets.`,
  showAll: 'Show all',
  noOwner: (n: number) =>
    n === 1 ? 'One new ticket has no owner.' : `${n} new tickets have no owner.`,
  goToNew: 'Go to New',
};
