import type { AssistantServer } from '../runtime/assistant-setting.ts';
import { chatCompletions } from './chat-completions.ts';
import { extractive } from './extractive.ts';
import type { Provider } from './provider.ts';

/** A model where the settings name one; else what is built in, which needs nothing. */
export function chooseProvider(server: AssistantServer | null): Provider {
  return server === null ? extractive : chatCompletions(server);
}
