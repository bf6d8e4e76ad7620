import { createContext } from 'svelte';

const KEY = 'postkeep:desktop';

/** Hidden tabs let one that is seen be quicker: what the agent looks at needs no notice. */
const AFTER_SEEN_MS = 700;
/** As long as any other tab may take to hear of the same thing. */
const CLAIM_MS = 15_000;

/** `blocked`: the browser was told to show none; `unknown`: it cannot. */
export type DesktopState = 'unknown' | 'blocked' | 'off' | 'on';

export interface DesktopNotice {
  /** What it is about: the same in every tab. */
  id: string;
  title: string;
  body: string;
  open: () => void;
}

interface Choice {
  on: boolean;
  newTickets: boolean;
}

/** Notices of the browser, by choice; it is kept here, since permission belongs to a browser. */
export class DesktopNotices {
  #choice = $state<Choice>(stored());
  #permission = $state(permissionNow());

  get state(): DesktopState {
    if (this.#permission === null) return 'unknown';
    if (this.#permission === 'denied') return 'blocked';
    return this.#choice.on && this.#permission === 'granted' ? 'on' : 'off';
  }

  get newTickets(): boolean {
    return this.#choice.newTickets;
  }

  /** Asks the browser for its permission: only ever after a press of a button. */
  async allow(): Promise<void> {
    this.#permission = await Notification.requestPermission();
    this.#choose({ ...this.#choice, on: this.#permission === 'granted' });
  }

  stop(): void {
    this.#choose({ ...this.#choice, on: false });
  }

  tellNewTickets(wanted: boolean): void {
    this.#choose({ ...this.#choice, newTickets: wanted });
  }

  /** Shows it once, whatever the number of tabs, and not while one of them is looked at. */
  async tell(notice: DesktopNotice): Promise<void> {
    if (this.state !== 'on') return;
    const seen = document.visibilityState === 'visible' && document.hasFocus();
    if (!seen) await after(AFTER_SEEN_MS);
    const name = `postkeep:notice:${notice.id}`;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      if (!seen) show(notice);
      await after(CLAIM_MS);
    });
  }

  #choose(choice: Choice): void {
    this.#choice = choice;
    localStorage.setItem(KEY, JSON.stringify(choice));
  }
}

function show({ id, title, body, open }: DesktopNotice): void {
  const shown = new Notification(title, { body, tag: id, icon: '/favicon.svg' });
  shown.onclick = () => {
    shown.close();
    window.focus();
    open();
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function permissionNow(): NotificationPermission | null {
  return typeof Notification === 'undefined' ? null : Notification.permission;
}

function stored(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const fields: { on?: unknown; newTickets?: unknown } =
      typeof kept === 'object' && kept !== null ? kept : {};
    return { on: fields.on === true, newTickets: fields.newTickets === true };
  } catch {
    return { on: false, newTickets: false };
  }
}

export const [useDesktopNotices, provideDesktopNotices] = createContext<DesktopNotices>();
