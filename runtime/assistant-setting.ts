import type { EnvReader } from './env-reader.ts';

/** A server that speaks OpenAI's chat completions. */
export interface AssistantServer {
  /** What `/chat/completions` is put behind, without a slash at its end. */
  url: string;
  model: string;
  /** Null: it asks for none. */
  key: string | null;
}

export interface AssistantConfig {
  /** Null: the built-in assistant, which quotes articles. */
  assistantServer: AssistantServer | null;
  /** How long the assistant may take; then a person answers. */
  assistantBudgetMs: number;
}

/** Customers wait for a mail anyway; a small model on one core answers in this time. */
const BUDGET_MS = 60_000;

export function readAssistant(reader: EnvReader): AssistantConfig {
  const url = reader.url('ASSISTANT_URL', ['http:', 'https:']);
  const model = reader.text('ASSISTANT_MODEL');
  const key = reader.text('ASSISTANT_KEY');
  const assistantBudgetMs = reader.durationMs('ASSISTANT_BUDGET', BUDGET_MS);
  if (url === null && (model !== null || key !== null)) {
    reader.problem(
      'ASSISTANT_MODEL or ASSISTANT_KEY is set without ASSISTANT_URL: ' +
        'set it, such as http://127.0.0.1:11434/v1, or leave out the others.',
    );
  }
  if (url === null) return { assistantServer: null, assistantBudgetMs };
  if (model === null) {
    reader.problem(
      'ASSISTANT_MODEL is not set: name a model that the server of ASSISTANT_URL has.',
    );
  }
  const server = { url: url.replace(/\/+$/, ''), model: model ?? '', key };
  return { assistantServer: server, assistantBudgetMs };
}
