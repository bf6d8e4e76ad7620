const ADDRESS = /^[^@\s<>]+@[^@\s<>]+$/;

/** The bare address in "Eleanor <e@x.test>" or in "e@x.test"; as typed when there is none. */
export function bareAddress(typed: string): string {
  return (/<([^<>]+)>\s*$/.exec(typed)?.[1] ?? typed).trim();
}

/** Addresses as people type or paste them: parted by commas, semicolons, lines, or blanks. */
export function readAddressList(typed: string): string[] {
  const named = typed.includes('<') ? /[,;\n]+/ : /[,;\s]+/;
  return typed.split(named).flatMap((one) => (one.trim() === '' ? [] : [bareAddress(one)]));
}

export function isAddress(address: string): boolean {
  return ADDRESS.test(address);
}

/** One field of recipients: those that are in it, and what is being typed. */
export class Recipients {
  #list = $state<string[]>([]);
  #typed = $state('');
  #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get list(): string[] {
    return this.#list;
  }

  get typed(): string {
    return this.#typed;
  }

  set typed(typed: string) {
    this.#typed = typed;
    this.#onChange();
  }

  /** With what is still being typed. */
  get all(): string[] {
    return [...this.#list, ...readAddressList(this.#typed)];
  }

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** The first that is no mail address; null when all are. */
  get odd(): string | null {
    return this.all.find((address) => !isAddress(address)) ?? null;
  }

  /** Without telling of it: what a draft held, or what is offered. */
  set(addresses: readonly string[]): void {
    // The same ones are no change: what was said about them still holds.
    if (addresses.join() !== this.#list.join()) this.#list = [...addresses];
    this.#typed = '';
  }

  add(typed: string): void {
    const known = new Set(this.#list.map((address) => address.toLowerCase()));
    const fresh = readAddressList(typed).filter((one) => !known.has(one.toLowerCase()));
    this.#list = [...this.#list, ...fresh];
    this.#typed = '';
    this.#onChange();
  }

  remove(address: string): void {
    this.#list = this.#list.filter((one) => one !== address);
    this.#onChange();
  }

  clear(): void {
    this.set([]);
    this.#onChange();
  }
}
