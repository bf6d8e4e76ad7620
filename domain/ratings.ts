/** How a customer finds the help that they got: three faces, in words. */
export const ratingScores = ['good', 'okay', 'bad'] as const;
export type RatingScore = (typeof ratingScores)[number];

/** Long enough for a holiday after the summary came; what comes later is of no use to anybody. */
export const RATING_VALID_MS = 30 * 86_400_000;

/** A paragraph or two; who has more to say answers the mail. */
export const RATING_COMMENT_CHARS_MAX = 2_000;

export function isRatingScore(value: unknown): value is RatingScore {
  return ratingScores.some((score) => score === value);
}
