/** What dialogs, notices and reports say wherever they stand. */
export const parts = {
  close: 'Close',
  tryAgain: 'Try again',
  heldBack: (threat: string) => `Held back: ${threat}`,
  mayHarm: (what: string) =>
    `${what} may harm the computer that opens it. ` +
    'Download it only to examine it, and where that is safe.',
  leaveIt: 'Leave it',
  downloadAnyway: 'Download anyway',
  reports: 'Reports',
  inSeconds: (n: number) => `in ${n} s`,
  closeReport: 'Close this report',
  someone: 'Somebody',
};
