import { inject } from 'vitest';

import { askFor } from '../runner/shared-part.ts';
import type { ContractProduct } from './services.ts';

/** The running product that all files of this folder look at. */
export const contract = await askFor<ContractProduct>(inject('contractDoor'));
