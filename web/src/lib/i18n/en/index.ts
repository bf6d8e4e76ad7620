import { delivery } from './delivery.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { menu } from './menu.ts';
import { panel } from './panel.ts';
import { settings } from './settings.ts';
import { ticket } from './ticket.ts';
import { time } from './time.ts';
import { when } from './when.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = { delivery, history, list, menu, panel, settings, ticket, time, when };

/** What each other language has to say. */
export type Words = typeof words;
