import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

const PLACEHOLDER = /\{\{[^{}\n]{0,160}\}\}/g;

/** What nobody has filled is seen before the mail is sent: a customer must never read it. */
export const placeholderMarks = Extension.create({
  name: 'placeholderMarks',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: { decorations: ({ doc }) => DecorationSet.create(doc, marksIn(doc)) },
      }),
    ];
  },
});

function marksIn(doc: Node): Decoration[] {
  const marks: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const found of node.text?.matchAll(PLACEHOLDER) ?? []) {
      const from = at + found.index;
      marks.push(Decoration.inline(from, from + found[0].length, { class: 'unfilled' }));
    }
  });
  return marks;
}
