import type { PlaceholderSources } from '../../../../domain/placeholders.ts';
import type { DeskCache } from '../ahead/desk-cache.ts';
import { painted } from '../ahead/painted.ts';
import type { Mailbox, Me } from '../api/types.ts';
import type { OpenTicket } from '../ticket/open-ticket.svelte.ts';
import { signatureBelow } from './signature-below.ts';

/** Where answers come from: the company's mailboxes, and the ticket's own among them. */
export class MailboxesOfTicket {
  #page: OpenTicket;
  #cache: DeskCache;
  #all = $state.raw<Mailbox[] | null>(null);

  constructor(page: OpenTicket, cache: DeskCache) {
    this.#page = page;
    this.#cache = cache;
    this.#all = cache.mailboxes;
  }

  /** Null until they are known. */
  get addresses(): string[] | null {
    return this.#all?.flatMap(({ address, aliases = [] }) => [address, ...aliases]) ?? null;
  }

  get own(): Mailbox | null {
    const { mailbox } = this.#page.ticket;
    return this.#all?.find(({ id }) => id === mailbox?.id) ?? mailbox ?? null;
  }

  /** Without them answers are sent as well, and nobody is offered as Cc. */
  async load(): Promise<void> {
    await painted();
    this.#all = await this.#page.api.mailboxes().catch(() => this.#all);
    this.#cache.mailboxes = this.#all;
  }

  sources({ agent, company }: Me): PlaceholderSources {
    const { number, subject, customer } = this.#page.ticket;
    const { own } = this;
    const mailbox = own && {
      name: own.displayName || own.name || own.address,
      address: own.address,
    };
    return { agent, company, customer, ticket: { number, subject }, mailbox };
  }

  /** As it will be sent. */
  signature(me: Me): string {
    return signatureBelow(me.agent.signature, this.own, this.sources(me));
  }
}
