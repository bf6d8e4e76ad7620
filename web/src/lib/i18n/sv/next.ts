import type { Words } from '../en/index.ts';

export const next: Words['next'] = {
  afterDone: 'Efter Lös eller Vänta',
  then: {
    next: 'Gå till nästa ärende',
    list: 'Gå tillbaka till listan',
    stay: 'Stanna kvar på ärendet',
  },
  notUndone: (number, why) => `#${number} är inte återställt. ${why}`,
};
