import type { Words } from '../en/index.ts';

export const suggestions: Words['suggestions'] = {
  title: 'Förslag på svar',
  assistant: 'av assistenten',
  article: 'artikel',
  internal: 'intern: kunder kan inte läsa den',
  insert: 'Infoga',
  insertThe: (title) => `Infoga ”${title}” i svaret`,
  dismissThe: (title) => `Ta bort förslaget ”${title}”`,
  openThe: (title) => `Öppna ”${title}” som kunder ser den`,
};
