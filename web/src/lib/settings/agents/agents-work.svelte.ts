import type { AdminClient } from '../../api/admin-client.ts';
import type { AgentBody, KnownAgent } from '../../api/admin-types.ts';
import type { Speech } from '../../i18n/speech.ts';
import type { Desk } from '../../menu/desk.svelte.ts';
import type { Toasts } from '../../parts/toasts.svelte.ts';
import { KnownList } from '../known-list.svelte.ts';
import { AgentForm } from './agent-form.svelte.ts';

/** What stands before the list: nothing, a form, or a question. */
export type Asked =
  | { what: 'form'; form: AgentForm }
  | { what: 'deactivate'; agent: KnownAgent }
  | { what: 'withdraw'; agent: KnownAgent }
  | { what: 'link'; agent: KnownAgent; url: string };

interface Around {
  admin: AdminClient;
  desk: Desk;
  toasts: Toasts;
  say: Speech;
}

/** The agents of the company, and everything that an admin does with them. */
export class AgentsWork {
  readonly list: KnownList<KnownAgent>;
  readonly #around: Around;
  #asked = $state.raw<Asked | null>(null);

  constructor(around: Around) {
    this.#around = around;
    this.list = new KnownList(() => around.admin.agents(), around.say);
  }

  get asked(): Asked | null {
    return this.#asked;
  }

  /** What was refused and is asked about is told in the question, not in the list. */
  problemOf(id: string): string | null {
    return this.#asked === null ? this.list.problemOf(id) : null;
  }

  invite(): void {
    this.#asked = { what: 'form', form: new AgentForm(null) };
  }

  edit(agent: KnownAgent): void {
    this.#asked = { what: 'form', form: new AgentForm(agent) };
  }

  deactivate(agent: KnownAgent): void {
    this.#asked = { what: 'deactivate', agent };
  }

  withdraw(agent: KnownAgent): void {
    this.#asked = { what: 'withdraw', agent };
  }

  close(): void {
    this.#asked = null;
  }

  async save(form: AgentForm, body: AgentBody): Promise<void> {
    const { admin, say } = this.#around;
    const { known } = form;
    const act = () => (known === null ? admin.invite(body) : admin.changeAgent(known.id, body));
    const words = say.t.agents;
    const told =
      known === null ? [words.invitedNow(body.name), body.email] : [words.saved(body.name)];
    await this.#do(known?.id ?? '', act, told);
  }

  async confirmDeactivate({ id, name, openTickets }: KnownAgent): Promise<void> {
    const words = this.#around.say.t.agents;
    const act = () => this.#around.admin.changeAgent(id, { active: false });
    const sub = openTickets > 0 ? [words.goBackNow(openTickets)] : [];
    await this.#do(id, act, [words.deactivatedNow(name), ...sub]);
  }

  async activate({ id, name }: KnownAgent): Promise<void> {
    const act = () => this.#around.admin.changeAgent(id, { active: true });
    await this.#do(id, act, [this.#around.say.t.agents.activatedNow(name)]);
  }

  async confirmWithdraw({ id, name }: KnownAgent): Promise<void> {
    const act = () => this.#around.admin.withdraw(id);
    await this.#do(id, act, [this.#around.say.t.agents.withdrawnNow(name)]);
  }

  async sendAgain({ id, name, email }: KnownAgent): Promise<void> {
    const act = () => this.#around.admin.inviteAgain(id);
    await this.#do(id, act, [this.#around.say.t.agents.invitedNow(name), email]);
  }

  async showLink(agent: KnownAgent): Promise<void> {
    let url: string | null = null;
    const read = async () => {
      ({ url } = await this.#around.admin.invitation(agent.id));
      if (url === null) throw new Error('the invitation is over');
    };
    const done = await this.list.attempt(agent.id, read);
    if (done && url !== null) this.#asked = { what: 'link', agent, url };
  }

  async #do(id: string, act: () => Promise<unknown>, told: readonly string[]): Promise<void> {
    if (!(await this.list.attempt(id, act))) return;
    this.#asked = null;
    const [text = '', sub] = told;
    this.#around.toasts.show(sub === undefined ? { text } : { text, sub });
    await this.#around.desk.load();
  }
}
