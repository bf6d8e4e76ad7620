/** What is learnt from solved tickets. */
export const learning = {
  makeArticle: 'Make an article',
  makeArticleHint: 'A draft out of this conversation, without names and numbers',
  madeOf: 'Made of ticket',
  /** Beside a link to the ticket. */
  lookThrough: (masked: number) =>
    masked === 0
      ? 'Read it through before you publish it: nothing was found that is personal.'
      : masked === 1
        ? 'One place is masked in square brackets. Read it through before you publish it.'
        : `${masked} places are masked in square brackets. Read it through before you publish it.`,
};
