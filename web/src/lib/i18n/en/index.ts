import { list } from './list.ts';
import { menu } from './menu.ts';
import { settings } from './settings.ts';
import { time } from './time.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = { list, menu, settings, time };

/** What each other language has to say. */
export type Words = typeof words;
