import { ApiError, nameIn, sentence } from '../api/api-error.ts';
import type { Customer } from '../api/customer-types.ts';
import type { Named } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';

/** An address as it is typed; `was` is the one that it replaces, null for a new one. */
export interface AddressField {
  key: number;
  was: string | null;
  text: string;
  error: string | null;
  /** Who has it: that may be the same person. */
  holder: Named | null;
}

/** A customer's name and addresses while they are edited. */
export class CustomerForm {
  name = $state('');
  fields = $state<AddressField[]>([]);
  /** The field whose address answers go to, by its key. */
  main = $state(0);
  problem = $state<string | null>(null);
  busy = $state(false);
  readonly #page: OpenTicket;
  readonly #customer: Customer;
  readonly #say: Speech;
  #nextKey = 1;

  constructor(page: OpenTicket, customer: Customer, say: Speech) {
    this.#page = page;
    this.#customer = customer;
    this.#say = say;
    this.name = customer.name;
    const others = (customer.addresses ?? []).filter((address) => address !== customer.email);
    for (const address of [customer.email, ...others]) this.#add(address, address);
    this.main = this.fields[0]?.key ?? 0;
  }

  addField(): void {
    this.#add(null, '');
  }

  removeField(key: number): void {
    this.fields = this.fields.filter((field) => field.key !== key);
  }

  /** @returns whether all of it is saved */
  async save(): Promise<boolean> {
    this.problem = null;
    if (!this.#isSound() || this.busy) return false;
    this.busy = true;
    try {
      return await this.#saveAll();
    } catch (error) {
      this.problem = sentence(error, this.#say);
      return false;
    } finally {
      this.busy = false;
      await this.#page.refresh();
      await this.#page.loadCustomer();
    }
  }

  /** New ones first, so that answers always have an address; what is left over goes last. */
  async #saveAll(): Promise<boolean> {
    const { api } = this.#page;
    const { id, name, email, addresses = [email] } = this.#customer;
    for (const field of this.fields) {
      const address = typed(field);
      if (addresses.includes(address)) continue;
      try {
        await api.addAddress(id, address);
      } catch (error) {
        if (!this.#refusedAddress(field, error)) throw error;
        return false;
      }
    }
    const main = this.fields.find((field) => field.key === this.main);
    const wish = main === undefined ? email : typed(main);
    const changes = {
      ...(this.name.trim() === name ? {} : { name: this.name.trim() }),
      ...(wish === email || wish === '' ? {} : { email: wish }),
    };
    if (Object.keys(changes).length > 0) await api.editCustomer(id, changes);
    const kept = this.fields.map(typed);
    for (const address of addresses) {
      if (address !== '' && !kept.includes(address)) await api.removeAddress(id, address);
    }
    return true;
  }

  #refusedAddress(field: AddressField, error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    if (error.code !== 'already_exists' && error.code !== 'validation') return false;
    const { customer: holder } = error.extras;
    const name = nameIn(error, 'name');
    const taken = typeof holder === 'string' && name !== null;
    field.holder = taken ? { id: holder, name } : null;
    field.error = taken
      ? this.#say.t.panel.belongsTo(typed(field), name)
      : sentence(error, this.#say);
    return true;
  }

  #isSound(): boolean {
    const { panel } = this.#say.t;
    this.fields = this.fields.filter(
      ({ text, was, key }) => text.trim() !== '' || (was !== null && key === this.main),
    );
    const seen = new Set<string>();
    for (const field of this.fields) {
      const address = typed(field);
      field.holder = null;
      field.error = null;
      if (address === field.was) seen.add(address);
      else if (/\s/.test(address)) field.error = panel.space(field.text.trim());
      else if (!/^[^\s@]+@[^\s@]+$/.test(address)) field.error = panel.noAddress(address);
      else if (seen.has(address)) field.error = panel.twice(address);
      seen.add(address);
    }
    return this.fields.every(({ error }) => error === null);
  }

  #add(was: string | null, text: string): void {
    const key = this.#nextKey;
    this.#nextKey += 1;
    this.fields.push({ key, was, text, error: null, holder: null });
  }
}

function typed({ text }: AddressField): string {
  return text.trim().toLowerCase();
}
