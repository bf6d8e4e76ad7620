/**
 * Every `patched()` id of the workflows, each with its reason, its date and when it may go. Runs
 * that began before a change replay the old way, so a change of what a workflow asks for, or in
 * which order, needs one. None is needed yet.
 */
export const patches = {} as const satisfies Record<
  string,
  { reason: string; since: string; removeWhen: string }
>;
