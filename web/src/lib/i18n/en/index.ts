import { list } from './list.ts';
import { menu } from './menu.ts';
import { time } from './time.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = { list, menu, time };

/** What each other language has to say. */
export type Words = typeof words;
