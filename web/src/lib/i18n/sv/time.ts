import { counted } from '../counted.ts';
import type { Words } from '../en/index.ts';

export const time: Words['time'] = {
  yesterday: 'I går',
  today: 'I dag',
  todayAt: (clock) => `i dag, ${clock}`,
  tomorrowAt: (clock) => `i morgon, ${clock}`,
  tomorrow: 'i morgon',
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} tim`,
  days: (n) => `${n} d`,
  justNow: 'nyss',
  minutesAgo: (n) => `för ${counted(n, 'minut', 'minuter')} sedan`,
  hoursAgo: (n) => `för ${counted(n, 'timme', 'timmar')} sedan`,
  daysAgo: (n) => `för ${counted(n, 'dag', 'dagar')} sedan`,
  monthsAgo: (n) => `för ${counted(n, 'månad', 'månader')} sedan`,
};
