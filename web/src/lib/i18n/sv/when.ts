import type { Words } from '../en/index.ts';

export const when: Words['when'] = {
  when: 'När',
  sayWhen: 'Skriv när: ”fredag 9”, ”om 2 timmar”, eller välj nedan.',
  noTime: (typed) => `”${typed}” är ingen tid. Pröva ”fredag 9” eller ”27 nov 14:30”.`,
  isOver: (time) => `${time} har redan varit. Välj en senare tid.`,
  example: 'fredag 9',
  pickDate: 'Välj datum…',
  dateAndTime: 'Datum och tid',
  cancel: 'Avbryt',
  offered: ['Om 2 timmar', 'I morgon', 'Fredag', 'Måndag', 'Om en vecka'],
};
