/** What could answer a ticket, above its editor. */
export const suggestions = {
  title: 'Suggested answers',
  assistant: 'by the assistant',
  article: 'article',
  internal: 'internal: customers cannot read it',
  insert: 'Insert',
  insertThe: (title: string) => `Insert “${title}” into the answer`,
  dismissThe: (title: string) => `Dismiss “${title}”`,
  openThe: (title: string) => `Open “${title}” as customers read it`,
};
