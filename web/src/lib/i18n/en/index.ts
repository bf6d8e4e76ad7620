import { settings } from './settings.ts';
import { time } from './time.ts';

/** Every text of the console in English, by the part of it that says them. */
export const words = { settings, time };

/** What each other language has to say. */
export type Words = typeof words;
