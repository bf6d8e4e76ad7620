import type { Words } from '../en/index.ts';

export const leaving: Words['leaving'] = {
  title: 'Lämna utan att spara?',
  text: 'Det du har ändrat här är inte sparat.',
  stay: 'Stanna kvar',
  leave: 'Lämna utan att spara',
};
