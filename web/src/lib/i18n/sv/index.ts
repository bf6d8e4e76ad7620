import type { Words } from '../en/index.ts';
import { time } from './time.ts';

export const words: Words = { time };
