import type { Passage } from '../domain/answers/passage.ts';
import type { NoAnswerReason } from '../domain/ticket/assistant.ts';
import { checkAnswer } from './check-answer.ts';
import type { Consultation, Provider, Question } from './provider.ts';

/**
 * Asks a provider within a time limit, and believes only what can be found in the passages.
 * @throws only when `signal` is aborted: whoever asked has gone
 */
export async function consult(
  question: Question,
  passages: readonly Passage[],
  provider: Provider,
  { budgetMs, signal }: { budgetMs: number; signal: AbortSignal },
): Promise<Consultation> {
  const none = (reason: NoAnswerReason, problem: string | null = null): Consultation => ({
    answer: null,
    reason,
    problem,
    passages,
  });
  if (passages.length === 0) return none('nothing_found');
  if (budgetMs <= 0) return none('timed_out');
  const limit = AbortSignal.timeout(budgetMs);
  try {
    const given = await provider.answer(question, passages, AbortSignal.any([signal, limit]));
    if (!given) return none('not_sure');
    const answer = checkAnswer(given, question, passages);
    return answer ? { answer, passages } : none('no_source');
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return none('timed_out');
    return none('failed', error instanceof Error ? error.message : 'it failed without a word');
  }
}
