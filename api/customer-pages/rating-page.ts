import type { Rating } from '../../database/queries/ratings.ts';
import type { Language } from '../../domain/languages.ts';
import { RATING_COMMENT_CHARS_MAX, ratingScores } from '../../domain/ratings.ts';
import type { RatingScore } from '../../domain/ratings.ts';
import { escapeHtml } from '../../mail/html.ts';
import type { Page } from './page.ts';

interface Words {
  title: string;
  about: (number: number, subject: string) => string;
  scores: { [score in RatingScore]: string };
  comment: string;
  send: string;
  nothingYet: string;
  choose: string;
  thanks: string;
  change: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    title: 'How was our help?',
    about: (number, subject) => `Your request ${number}: ${subject}`,
    scores: { good: 'Good', okay: 'Okay', bad: 'Bad' },
    comment: 'Do you want to tell us more? (optional)',
    send: 'Send',
    nothingYet: 'Nothing is sent before you press Send.',
    choose: 'Choose one of the three first.',
    thanks: 'Thank you. We have your answer, and it helps us to do better.',
    change: 'You may change it here.',
  },
  sv: {
    title: 'Hur var vår hjälp?',
    about: (number, subject) => `Ditt ärende ${number}: ${subject}`,
    scores: { good: 'Bra', okay: 'Okej', bad: 'Dålig' },
    comment: 'Vill du berätta mer? (frivilligt)',
    send: 'Skicka',
    nothingYet: 'Inget skickas innan du trycker på Skicka.',
    choose: 'Välj ett av de tre först.',
    thanks: 'Tack! Vi har fått ditt svar, och det hjälper oss att bli bättre.',
    change: 'Du kan ändra det här.',
  },
};

export interface RatingPage {
  language: Language;
  company: string;
  number: number;
  subject: string;
  /** What is chosen before anybody presses the button; null: nothing is. */
  chosen: RatingScore | null;
  /** What was sent last. */
  rating: Rating | null;
  /** It has just been sent, or the form came without a choice. */
  state: 'asking' | 'sent' | 'nothing_chosen';
}

/** The choice that a link in a mail makes is only shown: a person sends it. */
export function ratingPage(shown: RatingPage): Page {
  const { language, company, number, subject, chosen, rating, state } = shown;
  const words = WORDS[language];
  const checked = chosen ?? rating?.score ?? null;
  const scores = ratingScores.map(
    (score) =>
      `<label><input type="radio" name="score" value="${score}" required` +
      `${score === checked ? ' checked' : ''}>${words.scores[score]}</label>`,
  );
  const isSent = state === 'sent' && rating !== null;
  const notice = isSent
    ? `<p class="notice" role="status">${words.thanks} ${words.change}</p>`
    : state === 'nothing_chosen'
      ? `<p class="notice problem" role="alert">${words.choose}</p>`
      : '';
  const body =
    `${notice}<form class="card" method="post"><h1>${words.title}</h1>` +
    `<p class="muted">${escapeHtml(words.about(number, subject))}</p>` +
    `<fieldset><legend class="vh">${words.title}</legend>` +
    `<div class="scores">${scores.join('')}</div></fieldset>` +
    `<label for="comment">${words.comment}</label>` +
    `<textarea id="comment" name="comment" rows="4" maxlength="${RATING_COMMENT_CHARS_MAX}">` +
    `\n${escapeHtml(rating?.comment ?? '')}</textarea>` +
    `<button>${words.send}</button>` +
    (isSent ? '' : ` <p class="muted">${words.nothingYet}</p>`) +
    '</form>';
  return { language, title: words.title, company, body };
}
