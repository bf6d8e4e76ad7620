import {
  fillPlaceholders,
  placeholderValues,
  type PlaceholderSources,
  type PlaceholderValues,
} from '../../../../../domain/placeholders.ts';
import { htmlOfText } from '../words/mail-html.ts';

/**
 * A canned response as it goes into the editor. What has no value stays as it is written, where
 * the editor marks it: a name that is missing is for the agent to see, not for the customer.
 */
export function fillCanned(body: string, sources: PlaceholderSources): string {
  const values: PlaceholderValues = Object.fromEntries(
    Object.entries(placeholderValues(sources)).filter(([, value]) => value),
  );
  return htmlOfText(fillPlaceholders(body, values));
}
