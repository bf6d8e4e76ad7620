import type { Named } from './types.ts';

/** A customer among others. */
export interface FoundCustomer extends Named {
  email: string;
}
