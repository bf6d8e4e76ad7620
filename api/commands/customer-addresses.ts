import type { CompanyTransaction } from '../../database/client.ts';
import {
  addAddress,
  holderOf,
  mergeCustomers,
  type AddressKey,
} from '../../database/queries/customer-identity.ts';
import { readCustomer } from '../../database/queries/customers.ts';
import type { CustomerDetails } from '../../database/queries/customers.ts';
import { refused } from '../../domain/errors.ts';
import { senderLock } from '../../intake/choose-ticket.ts';
import { normaliseAddress } from '../../mail/address.ts';
import { missing } from '../missing.ts';

/** The customer that an id stands for now. @throws RefusedError `not_found` */
export async function customerOf(trx: CompanyTransaction, id: string): Promise<CustomerDetails> {
  const customer = await readCustomer(trx, id);
  if (customer === null) throw missing('customer', id);
  return customer;
}

export function addressKey(company: string): AddressKey {
  return (address) => senderLock(company, address);
}

/** @throws RefusedError `validation`, saying what is wrong with it */
export function readEmail(text: string): string {
  const address = normaliseAddress(text);
  if (address !== null) return address;
  throw refused('validation', `"${text}" is no mail address; give one such as ann@example.org.`);
}

/**
 * Somebody who wrote once into a ticket of others is known by an address, and by nothing else: who
 * has that address now is that person.
 */
export async function takeBareCustomer(
  trx: CompanyTransaction,
  { customer, address, by }: { customer: string; address: string; by: string },
): Promise<void> {
  const holder = await holderOf(trx, address);
  if (!holder?.isBare || holder.id === customer) return;
  await mergeCustomers(trx, { kept: customer, gone: holder.id, by }, addressKey(trx.company));
}

/** @throws RefusedError `already_exists` naming whose it is */
export async function takeAddress(
  trx: CompanyTransaction,
  customer: string,
  address: string,
): Promise<void> {
  const holder = await addAddress(trx, customer, address, addressKey(trx.company));
  if (holder === null) return;
  const { id, name } = holder;
  throw refused('already_exists', `"${address}" belongs to another customer, ${name}.`, {
    customer: id,
    name,
  });
}
