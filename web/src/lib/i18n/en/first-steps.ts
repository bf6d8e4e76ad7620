/** What a new company does first. */
export const firstSteps = {
  title: 'First steps',
  lead: (done: number, all: number) =>
    `${done} of ${all} done. Each ticks itself off when it is true.`,
  allDone: 'All done. Have a good time with your customers.',
  notLoaded: 'The first steps could not be loaded',
  done: 'Done',
  toDo: 'To do',
  putAway: 'Put away',
  putAwayHint: 'They stay at /first-steps.',
  notPutAway: (why: string) => `Not put away. ${why}`,
  steps: {
    mailbox: 'Connect a mailbox',
    invited: 'Invite a colleague',
    testMail: 'Send yourself a test mail',
    form: 'Publish the contact form',
  },
  why: {
    mailbox: 'So that mail to your address becomes tickets, and answers leave from it.',
    invited: 'Two see more than one: tickets are claimed, handed over and talked about in notes.',
    testMail: (address: string) =>
      `Write from your own mail program to ${address}. It comes in under New.`,
    testMailWithout: 'Once there is a mailbox: write to it from your own mail program.',
    form:
      'Customers find answers in it, and write to you when there is none. It is done when the ' +
      'first message came in.',
    formWithout: 'Once there is a mailbox, its contact form stands here.',
  },
  go: {
    mailbox: 'To the mailboxes',
    invited: 'To the agents',
    testMail: 'Write it now',
  },
  copyForm: 'Copy the form',
  copied: 'Copied',
  formCode: 'The form as HTML',
  formFields: { name: 'Name', email: 'E-mail', subject: 'Subject', text: 'Message', send: 'Send' },
};
