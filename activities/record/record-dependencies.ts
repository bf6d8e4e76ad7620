import type { Database } from '../../database/client.ts';

export interface RecordDependencies {
  database: Database;
  /** Milliseconds that a solved ticket waits for the customer, where the company set none. */
  reopenWindowMs: number;
  /** Milliseconds that the assistant may take with a question. */
  assistantBudgetMs: number;
  logger: { error(facts: object, message: string): void };
}
