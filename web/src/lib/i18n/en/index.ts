import { delivery } from './delivery.ts';
import { history } from './history.ts';
import { panel } from './panel.ts';
import { ticket } from './ticket.ts';
import { time } from './time.ts';
import { when } from './when.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = { delivery, history, panel, ticket, time, when };

/** What each other language has to say. */
export type Words = typeof words;
