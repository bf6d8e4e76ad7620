/** The dialog that asks for a time, and what is offered there. */
export const when = {
  when: 'When',
  sayWhen: 'Say when: “friday 9”, “in 2 hours”, or choose below.',
  noTime: (typed: string) => `“${typed}” is not a time. Try “friday 9” or “27 nov 14:30”.`,
  isOver: (time: string) => `${time} is over. Choose a later time.`,
  example: 'friday 9',
  pickDate: 'Pick a date…',
  dateAndTime: 'Date and time',
  cancel: 'Cancel',
  /** Each as it can be typed. */
  offered: ['In 2 hours', 'Tomorrow', 'Friday', 'Monday', 'In a week'],
};
