import { painted } from '../ahead/painted.ts';
import type { Doing } from './live-events.svelte.ts';

/** Well within the time after which who is silent has gone. */
const REPEAT_MS = 20_000;
const LOOK_EVERY_MS = 2000;
/** A note is being typed until this long after its last letter. */
const PAUSE_MS = 8000;

type Tell = (doing: Doing) => Promise<unknown>;

/** Tells colleagues what the agent does on a ticket, for as long as its page is open. */
export class PresenceTeller {
  #tell: Tell;
  #hasAnswer: () => boolean;
  #told: Doing | null = null;
  #toldAt = 0;
  #noteAt = Number.NEGATIVE_INFINITY;
  #answers = false;

  /** `hasAnswer`: whether an answer stands in the editor. */
  constructor(tell: Tell, hasAnswer: () => boolean) {
    this.#tell = tell;
    this.#hasAnswer = hasAnswer;
  }

  /** Begins to tell; answers the way to stop, which tells the leaving. */
  start(): () => void {
    const look = () => this.look();
    const leave = () => this.#say('gone');
    let left = false;
    void painted().then(() => left || look());
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    addEventListener('pagehide', leave);
    return () => {
      left = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pagehide', leave);
      leave();
    };
  }

  /** A letter was typed. */
  wrote(what: 'answer' | 'note'): void {
    if (what === 'note') this.#noteAt = performance.now();
    else this.#answers = true;
    this.look();
  }

  /** Tells what has changed; or, now and then, the same again. */
  look(): void {
    const doing = this.#doing();
    const now = performance.now();
    if (doing === this.#told && (doing === 'gone' || now - this.#toldAt < REPEAT_MS)) return;
    this.#say(doing);
  }

  #doing(): Doing {
    if (document.hidden) return 'gone';
    if (performance.now() - this.#noteAt < PAUSE_MS) return 'noting';
    this.#answers &&= this.#hasAnswer();
    return this.#answers ? 'typing' : 'viewing';
  }

  #say(doing: Doing): void {
    if (doing === 'gone' && this.#told === 'gone') return;
    this.#told = doing;
    this.#toldAt = performance.now();
    // Colleagues are warned less for a while: nothing that the agent has to know.
    this.#tell(doing).catch(() => undefined);
  }
}
