import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { AnswerReport, RatingReport, SearchReport } from '../api/report-types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { ReportPeriod } from './report-period.ts';

/** The reports of one period; one that cannot be had does not keep the others back. */
export class PeriodReports {
  #api: ApiClient;
  #say: Speech;
  #period: ReportPeriod;
  #answers = $state.raw<AnswerReport | null>(null);
  #searches = $state.raw<SearchReport | null>(null);
  #ratings = $state.raw<RatingReport | null>(null);
  #loaded = $state(false);
  #error = $state<string | null>(null);

  constructor(api: ApiClient, say: Speech, period: ReportPeriod) {
    this.#api = api;
    this.#say = say;
    this.#period = period;
  }

  get answers(): AnswerReport | null {
    return this.#answers;
  }

  get searches(): SearchReport | null {
    return this.#searches;
  }

  get ratings(): RatingReport | null {
    return this.#ratings;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): string | null {
    return this.#error;
  }

  async refresh(): Promise<void> {
    const { reports } = this.#api;
    this.#error = null;
    const failed = (error: unknown) => {
      this.#error = sentence(error, this.#say);
      return null;
    };
    [this.#answers, this.#searches, this.#ratings] = await Promise.all([
      reports.answers(this.#period).catch(failed),
      reports.searches(this.#period).catch(failed),
      reports.ratings(this.#period).catch(failed),
    ]);
    this.#loaded = true;
  }
}
