import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Agent, Label, Me, Named } from '../api/types.ts';

/** Who is signed in, and the company's lists that choices are made from. */
export class Desk {
  #me: Me;
  #api: ApiClient;
  #say: Speech;
  #agents = $state<Agent[]>([]);
  #teams = $state<Named[]>([]);
  #labels = $state<Label[]>([]);

  constructor(api: ApiClient, me: Me, say: Speech) {
    this.#say = say;
    this.#api = api;
    this.#me = $state.raw(me);
    this.#teams = me.teams;
  }

  get me(): Me {
    return this.#me;
  }

  get agents(): Agent[] {
    return this.#agents;
  }

  get teams(): Named[] {
    return this.#teams;
  }

  get labels(): Label[] {
    return this.#labels;
  }

  /** "You" for the one who is signed in, else the name. */
  nameOf(agent: { id?: string; name?: string }): string {
    const { you, somebody } = this.#say.t.menu;
    return agent.id === this.me.agent.id ? you : (agent.name ?? somebody);
  }

  isMe(agent: { id?: string } | null): boolean {
    return agent?.id === this.me.agent.id;
  }

  /** After a change of one's own profile: what everybody sees of it is asked for again. */
  async keepMe(me: Me): Promise<void> {
    this.#me = me;
    this.#agents = await this.#api.agents().catch(() => this.#agents);
  }

  /** The picture of an agent; by name only where nobody else is called so. */
  photoOf(name: string): string | null {
    const [first, ...others] = this.#agents.filter((agent) => agent.name === name);
    return others.length === 0 ? (first?.photo ?? null) : null;
  }

  /** The lists are a convenience: without them the page still works, with fewer choices. */
  async load(): Promise<void> {
    const [agents, teams, labels] = await Promise.allSettled([
      this.#api.agents(),
      this.#api.teams(),
      this.#api.labels(),
    ]);
    // Whoever is deactivated can be given nothing any more.
    if (agents.status === 'fulfilled') {
      this.#agents = agents.value.filter(({ active }) => active !== false);
    }
    if (teams.status === 'fulfilled') this.#teams = teams.value;
    if (labels.status === 'fulfilled') this.#labels = labels.value;
  }

  async reloadLabels(): Promise<void> {
    this.#labels = await this.#api.labels().catch(() => this.#labels);
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
