/** Said when a page is left with something that is not saved. */
export const leaving = {
  title: 'Leave without saving?',
  text: 'What you changed here is not saved.',
  stay: 'Stay here',
  leave: 'Leave without saving',
};
