import type { Recipients } from './recipients.svelte.ts';

type Field = 'to' | 'cc' | 'bcc';

/** Which fields of recipients are open: those with somebody in them, or asked for. */
export class ShownFields {
  #opened = $state<Record<Field, boolean>>({ to: false, cc: false, bcc: false });
  #fields: Record<Field, Recipients>;

  constructor({ to, cc, bcc }: Record<Field, Recipients>) {
    this.#fields = { to, cc, bcc };
  }

  shows(field: Field): boolean {
    return this.#opened[field] || !this.#fields[field].isEmpty || this.#fields[field].typed !== '';
  }

  /** Whether somebody asked for it, and will type into it. */
  wasAsked(field: Field): boolean {
    return this.#opened[field];
  }

  /** The next mail begins without them. */
  reset(): void {
    this.#opened = { to: false, cc: false, bcc: false };
  }

  open(field: Field): void {
    this.#opened[field] = true;
  }

  leaveOut(field: Field): void {
    this.#opened[field] = false;
    this.#fields[field].clear();
  }
}
