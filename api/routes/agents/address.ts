import { refused } from '../../../domain/errors.ts';
import { normaliseAddress } from '../../../mail/address.ts';

/** The address that an agent signs in with and is reminded at. */
export function readAgentAddress(text: string): string {
  const address = normaliseAddress(text);
  if (address !== null) return address;
  throw refused('validation', `"${text}" is no mail address; give one such as bo@acme.test.`);
}
