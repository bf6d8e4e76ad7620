import { createContext } from 'svelte';
import type { ApiClient } from '../api/client.ts';
import type { Agent, Label, Me, Named } from '../api/types.ts';

/** Who is signed in, and the company's lists that choices are made from. */
export class Desk {
  readonly me: Me;
  #api: ApiClient;
  #agents = $state<Agent[]>([]);
  #teams = $state<Named[]>([]);
  #labels = $state<Label[]>([]);

  constructor(api: ApiClient, me: Me) {
    this.#api = api;
    this.me = me;
    this.#teams = me.teams;
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
    return agent.id === this.me.agent.id ? 'You' : (agent.name ?? 'Somebody');
  }

  isMe(agent: { id?: string } | null): boolean {
    return agent?.id === this.me.agent.id;
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
