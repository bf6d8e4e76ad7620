/** How an outgoing mail fares. Other servers are quoted as they are. */
export const delivery = {
  draft: 'Draft',
  sending: 'Sending…',
  refusedForNow: (next: string) => `Refused for now, next try ${next}`,
  sent: (time: string) => `Sent ${time}`,
  sentTook: (time: string, server: string) => `Sent ${time}. The server at ${server} took it.`,
  uncertain: 'Nobody knows whether this arrived',
  uncertainDetail: (customer: string) =>
    'The connection broke after we had handed the mail over, so it was not sent again by itself. ' +
    `Send it again only if ${customer} seems not to have it.`,
  bounced: 'Bounced',
  bouncedDetail: 'The mail came back. The other server said:',
  failed: 'Not delivered',
  failedDetail: 'The other server refused it for good, so it will not be tried again. It said:',
  leaving: 'Leaving…',
  inAFewSeconds: 'Leaves in a few seconds',
  leaves: (time: string) => `Leaves ${time}`,
  notSentYet: 'Not sent yet',
  takeBack: 'Take back',
  markArrived: 'Mark as arrived',
  sendAgain: 'Send again',
  correct: 'Correct the address and resend',
  copy: 'Copy into a new answer',
  notTo: (address: string) => `Not to ${address}`,
  to: 'To',
  resendHint:
    'The same mail is sent to this address, or to several with commas. ' +
    'The ticket’s customer stays.',
  resend: 'Resend',
  cancel: 'Cancel',
};
