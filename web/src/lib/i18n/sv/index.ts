import type { Words } from '../en/index.ts';
import { list } from './list.ts';
import { menu } from './menu.ts';
import { settings } from './settings.ts';
import { time } from './time.ts';

export const words: Words = { list, menu, settings, time };
