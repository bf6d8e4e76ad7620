import { counted } from '../counted.ts';

export const time = {
  yesterday: 'Yesterday',
  today: 'Today',
  todayAt: (clock: string) => `today, ${clock}`,
  tomorrowAt: (clock: string) => `tomorrow, ${clock}`,
  tomorrow: 'tomorrow',
  /** Lengths, as short as they can be read. */
  minutes: (n: number) => `${n} min`,
  hours: (n: number) => `${n} h`,
  days: (n: number) => `${n} d`,
  justNow: 'just now',
  minutesAgo: (n: number) => `${counted(n, 'minute', 'minutes')} ago`,
  hoursAgo: (n: number) => `${counted(n, 'hour', 'hours')} ago`,
  daysAgo: (n: number) => `${counted(n, 'day', 'days')} ago`,
  monthsAgo: (n: number) => `${counted(n, 'month', 'months')} ago`,
};
