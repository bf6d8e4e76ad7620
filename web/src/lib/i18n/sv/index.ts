import type { Words } from '../en/index.ts';
import { keys } from './keys.ts';
import { list } from './list.ts';
import { menu } from './menu.ts';
import { settings } from './settings.ts';
import { time } from './time.ts';

export const words: Words = { keys, list, menu, settings, time };
