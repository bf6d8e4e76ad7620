import { htmlOfText, isEmptyHtml, textOfHtml, withoutPicturesOnTheirWay } from './mail-html.ts';

/** The editor that shows the words, once it is loaded. */
export interface LiveEditor {
  show(html: string): void;
  /** Puts HTML in the place of the selection, and the cursor behind it. */
  insert(html: string): void;
  /** A picture that was uploaded gets its true address; null takes it out. */
  movePicture(from: string, to: string | null): void;
  focus(): void;
}

/**
 * Words that are being laid out. They are kept as HTML; the editor, or the plain field that stands
 * in for it until it is loaded, shows and changes them.
 */
export class RichText {
  #html = $state('');
  #editor: LiveEditor | null = null;
  #field: (() => void) | null = null;
  #onChange: () => void;
  readonly #text = $derived(textOfHtml(this.#html));
  readonly #empty = $derived(isEmptyHtml(this.#html));

  constructor(onChange: () => void = () => {}) {
    this.#onChange = onChange;
  }

  /** As the editor holds it; without pictures that have not arrived. */
  get html(): string {
    return this.#empty ? '' : withoutPicturesOnTheirWay(this.#html);
  }

  /** With everything that the editor shows. */
  get shown(): string {
    return this.#html;
  }

  get text(): string {
    return this.#text;
  }

  get isEmpty(): boolean {
    return this.#empty;
  }

  /** From elsewhere: a draft that was kept, an answer that was taken back. */
  set(html: string): void {
    this.#html = html;
    this.#editor?.show(html);
  }

  /** Above what stands there already. */
  putAbove(html: string): void {
    this.set(this.#empty ? html : `${html}<p></p>${this.#html}`);
    this.#onChange();
  }

  putBelow(html: string): void {
    this.set(this.#empty ? html : `${this.#html}${html}`);
    this.#onChange();
  }

  /** What was written in the editor. */
  written(html: string): void {
    if (html === this.#html) return;
    this.#html = html;
    this.#onChange();
  }

  /** What was written in the plain field: behind words with a layout it is added, and else all. */
  typed(text: string): void {
    const before = this.#text;
    const adds = text.startsWith(before) && before !== '';
    const kept = adds && this.#html !== htmlOfText(before);
    this.written(kept ? `${this.#html}${htmlOfText(text.slice(before.length))}` : htmlOfText(text));
  }

  insert(html: string): void {
    if (this.#editor) this.#editor.insert(html);
    else this.putBelow(html);
  }

  movePicture(from: string, to: string | null): void {
    this.#editor?.movePicture(from, to);
  }

  focus(): void {
    if (this.#editor) this.#editor.focus();
    else this.#field?.();
  }

  /** Answers the way to let go of it. */
  attach(editor: LiveEditor): () => void {
    this.#editor = editor;
    return () => {
      if (this.#editor === editor) this.#editor = null;
    };
  }

  attachField(focus: () => void): () => void {
    this.#field = focus;
    return () => {
      if (this.#field === focus) this.#field = null;
    };
  }
}
