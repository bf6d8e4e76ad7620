import type { AgentBody, KnownAgent, Role } from '../../api/admin-types.ts';

const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** What is typed of an agent who is invited or changed. */
export class AgentForm {
  /** Null for one who is invited. */
  readonly known: KnownAgent | null;
  name = $state('');
  email = $state('');
  role = $state<Role>('agent');
  teams = $state<string[]>([]);
  #tried = $state(false);

  constructor(known: KnownAgent | null) {
    this.known = known;
    if (known === null) return;
    this.name = known.name;
    this.email = known.email;
    this.role = known.role;
    this.teams = known.teams.map(({ id }) => id);
  }

  get nameIsMissing(): boolean {
    return this.#tried && this.name.trim() === '';
  }

  get addressIsWrong(): boolean {
    return this.#tried && !ADDRESS.test(this.email.trim());
  }

  /** Null while something has to be mended; the fields say what. */
  read(): AgentBody | null {
    this.#tried = true;
    if (this.nameIsMissing || this.addressIsWrong) return null;
    const { role, teams } = this;
    return { name: this.name.trim(), email: this.email.trim(), role, teams: [...teams] };
  }
}
