import type * as R from './report-types.ts';
import type { Transport } from './transport.ts';

/** ISO 8601; `to` is not within it any more. */
interface Period {
  from: string;
  to: string;
}

/** What a period was like. */
export class ReportCalls {
  readonly #wire: Transport;

  constructor(wire: Transport) {
    this.#wire = wire;
  }

  answers = ({ from, to }: Period) =>
    this.#wire.call<R.AnswerReport>('GET', '/reports/answers', { query: { from, to } });
  searches = ({ from, to }: Period) =>
    this.#wire.call<R.SearchReport>('GET', '/reports/searches', { query: { from, to, limit: 25 } });
  ratings = ({ from, to }: Period) =>
    this.#wire.call<R.RatingReport>('GET', '/reports/ratings', { query: { from, to } });
}
