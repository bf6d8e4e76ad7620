/** Who works at the demo's shop, and in which of its teams. */
export const demoTeams = ['Support', 'Billing'] as const;
export type DemoTeam = (typeof demoTeams)[number];

export const demoAdmin: { name: string; teams: readonly DemoTeam[] } = {
  name: 'Anna Berg',
  teams: ['Support', 'Billing'],
};

export interface DemoAgent {
  name: string;
  email: string;
  teams: readonly DemoTeam[];
}

export const demoAgents: readonly DemoAgent[] = [
  { name: 'Bo Lindqvist', email: 'bo@acme.test', teams: ['Support', 'Billing'] },
  { name: 'Sara Holm', email: 'sara@acme.test', teams: ['Billing'] },
];

export const demoLabels: readonly string[] = [
  'billing',
  'company',
  'damaged',
  'delivery',
  'lumen-40',
  'order',
  'parts',
  'refund',
  'warranty',
];
