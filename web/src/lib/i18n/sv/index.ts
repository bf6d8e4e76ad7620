import type { Words } from '../en/index.ts';
import { settings } from './settings.ts';
import { time } from './time.ts';

export const words: Words = { settings, time };
