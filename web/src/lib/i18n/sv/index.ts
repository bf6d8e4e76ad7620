import type { Words } from '../en/index.ts';
import { delivery } from './delivery.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { menu } from './menu.ts';
import { panel } from './panel.ts';
import { settings } from './settings.ts';
import { ticket } from './ticket.ts';
import { time } from './time.ts';
import { when } from './when.ts';

export const words: Words = { delivery, history, list, menu, panel, settings, ticket, time, when };
