import { parseAddressHeader } from 'mailparser';
import { cleanLine } from './clean-text.ts';
import {
  ADDRESSES_MAX,
  ADDRESS_CHARS_MAX,
  ADDRESS_FIELD_CHARS_MAX,
  NAME_CHARS_MAX,
} from './limits.ts';

export interface MailAddress {
  /** The display name, '' when there is none. */
  name: string;
  /** Lower case: no server in use tells `Bo@` from `bo@`, and look-ups compare letters. */
  address: string;
}

/** Something before the last @ and something after it, nothing that could break a header. */
const ADDRESS = /^[^\s<>\0-\x1f\x7f][^<>\0-\x1f\x7f]*@[^\s<>@\0-\x1f\x7f]+$/;

/** The mailboxes of an address field; groups are flattened, entries without an address left out. */
export function readAddresses(field: string): MailAddress[] {
  if (field === '') return [];
  const value = field.slice(0, ADDRESS_FIELD_CHARS_MAX);
  const parsed = parseAddressHeader(value, { flatten: true, decodePunycode: false }).value;
  const addresses: MailAddress[] = [];
  for (const { name, address } of parsed) {
    const normalised = normaliseAddress(address ?? '');
    if (normalised === null) continue;
    addresses.push({ name: cleanLine(name, NAME_CHARS_MAX), address: normalised });
    if (addresses.length === ADDRESSES_MAX) break;
  }
  return addresses;
}

/** The address in lower case, or null when the text is no mail address. */
export function normaliseAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  return address.length <= ADDRESS_CHARS_MAX && ADDRESS.test(address) ? address : null;
}
