import { refused } from '../../domain/errors.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { isDuplicate } from '../errors.ts';
import { newId } from '../new-id.ts';

export interface Translation {
  id: string;
  language: string;
  title: string;
  published: boolean;
}

/** Says that both say the same; null: that this one stands alone. */
export async function setTranslationOf(
  trx: CompanyTransaction,
  id: string,
  of: string | null,
): Promise<void> {
  await oneOfEachLanguage(async () => {
    if (of !== null) {
      // A name of its own: one that stood alone for a while must not come back to its old group.
      await select(
        trx,
        'update article set translation_group = ? where id = ? and translation_group is null',
        [newId(), of],
      );
    }
    await select(
      trx,
      `update article set translation_group = (select o.translation_group from article o
         where o.id = ?) where id = ?`,
      [of ?? '', id],
    );
  });
}

/** @throws RefusedError `already_exists` for a second one in a language */
export async function oneOfEachLanguage<T>(act: () => PromiseLike<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isDuplicate(error, 'article_translation')) throw error;
    throw refused(
      'already_exists',
      'There is a translation into this language already; change that one.',
    );
  }
}
