import { sentence } from '../api/api-error.ts';
import { fieldsOf, textIn } from '../api/json.ts';
import type { ApiClient } from '../api/client.ts';
import type { ComposeBody, Ticket } from '../api/types.ts';

const KEY = 'postkeep:compose';

/** A new mail that is being written; kept in this browser until it is sent. */
export class NewMail {
  to = $state('');
  cc = $state('');
  subject = $state('');
  text = $state('');
  mailbox = $state('');
  #api: ApiClient;
  #busy = $state(false);
  #problem = $state<string | null>(null);
  #key = crypto.randomUUID();
  #keyedFor = '';

  constructor(api: ApiClient) {
    this.#api = api;
    this.#takeUp();
  }

  get busy(): boolean {
    return this.#busy;
  }

  get problem(): string | null {
    return this.#problem;
  }

  keep(): void {
    const { to, cc, subject, text } = this;
    try {
      localStorage.setItem(KEY, JSON.stringify({ to, cc, subject, text }));
    } catch {
      return;
    }
  }

  /** The new ticket, or null when something is missing or was refused. */
  async send(attachments: string[]): Promise<Ticket | null> {
    this.#problem = this.#missing();
    if (this.#problem !== null || this.#busy) return null;
    const body = this.#body(attachments);
    const content = JSON.stringify(body);
    // A repeated try of the same mail counts once.
    if (content !== this.#keyedFor) this.#key = crypto.randomUUID();
    this.#keyedFor = content;
    this.#busy = true;
    try {
      const ticket = await this.#api.compose(body, this.#key);
      localStorage.removeItem(KEY);
      return ticket;
    } catch (error) {
      this.#problem = sentence(error);
      return null;
    } finally {
      this.#busy = false;
    }
  }

  #body(attachments: string[]): ComposeBody {
    return {
      to: addresses(this.to),
      subject: this.subject.trim(),
      text: this.text.trim(),
      ...(this.mailbox === '' ? {} : { mailbox: this.mailbox }),
      ...(this.cc.trim() === '' ? {} : { cc: addresses(this.cc) }),
      ...(attachments.length === 0 ? {} : { attachments }),
    };
  }

  #missing(): string | null {
    const typed = [...addresses(this.to), ...addresses(this.cc)];
    if (addresses(this.to).length === 0) return 'Nobody to send to. Type an address in To.';
    const odd = typed.find((address) => !/^[^@\s]+@[^@\s]+$/.test(address));
    if (odd !== undefined) return `“${odd}” is not a mail address. Correct it.`;
    if (this.subject.trim() === '') return 'The subject is empty. Write it first.';
    return this.text.trim() === '' ? 'The mail is empty. Write it first.' : null;
  }

  #takeUp(): void {
    const kept = fieldsOf(localStorage.getItem(KEY) ?? '');
    this.to = textIn(kept, 'to');
    this.cc = textIn(kept, 'cc');
    this.subject = textIn(kept, 'subject');
    this.text = textIn(kept, 'text');
  }
}

function addresses(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((address) => address !== '');
}
