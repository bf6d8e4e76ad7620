import type { AgentWindow } from './agent-window.ts';

/** The mail catcher's pages, as one customer who reads and answers there. */
export interface Catcher {
  /** Opens the newest mail to the customer with these words in its line, once it has come. */
  open(words: string): Promise<void>;
  /** What the opened mail says. */
  says(words: string | RegExp): Promise<void>;
  /** Answers the opened mail. */
  answer(text: string): Promise<void>;
  /** How many mails to the customer have these words in their line. */
  count(words: string): Promise<number>;
}

export function readCatcher({ page, sees }: AgentWindow, address: string): Catcher {
  const lines = (words: string) =>
    page
      .getByRole('listitem')
      .getByRole('link')
      .filter({ hasText: address })
      .filter({ hasText: words });
  return {
    open: async (words) => {
      await page.goto('/');
      // The list looks again by itself every few seconds.
      await lines(words).first().click();
    },
    says: (words) => sees(page.frameLocator('iframe[title="The mail as HTML"]').getByText(words)),
    answer: async (text) => {
      await page.getByLabel(/^Answer as/).fill(text);
      await page.getByRole('button', { name: 'Send to the desk' }).click();
      await sees(page.getByRole('status').filter({ hasText: 'The desk took it' }));
    },
    count: async (words) => {
      await page.goto('/');
      return lines(words).count();
    },
  };
}
