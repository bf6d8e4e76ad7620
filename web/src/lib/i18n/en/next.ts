/** Going from one ticket to the next. */
export const next = {
  afterDone: 'After solve or pend',
  then: {
    next: 'Go to the next ticket',
    list: 'Go back to the list',
    stay: 'Stay on the ticket',
  },
  notUndone: (number: number, why: string) => `#${number} is not taken back. ${why}`,
};
