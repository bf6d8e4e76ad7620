import type { MimeLeaf, MimeNode, MimeTree } from './mime-tree.ts';
import { readMimeTree } from './mime-tree.ts';
import type { Leaf } from './read-leaf.ts';
import { signedContentOf } from './signed-content.ts';
import type { Stretch } from './signed-content.ts';
import { piecesOf } from './stored-part.ts';
import type { StoredPart } from './stored-part.ts';

/** Signed parts that are opened in one mail; a mail that is signed has one. */
const SIGNED_MAX = 3;

const SIGNED_TYPE = /^application\/(?:x-)?pkcs7-mime$/;

type Take<File> = (leaf: MimeLeaf, content: AsyncIterable<Buffer>) => Promise<Leaf<File>>;

/**
 * The tree with the content of opaque signed S/MIME parts in their place: the raw mail keeps the
 * signature. What cannot be opened stays a file.
 */
export async function openSignedParts<File>(
  tree: MimeTree<Leaf<File>>,
  take: Take<File>,
): Promise<MimeTree<Leaf<File>>> {
  const opened = { count: 0, problem: tree.problem };
  const open = async (node: MimeNode<Leaf<File>>): Promise<MimeNode<Leaf<File>>> => {
    if (!SIGNED_TYPE.test(node.type)) {
      const children: MimeNode<Leaf<File>>[] = [];
      for (const child of node.children) children.push(await open(child));
      return { ...node, children };
    }
    if (node.taken?.kind !== 'file' || opened.count >= SIGNED_MAX) return node;
    const { stored } = node.taken;
    const content = await signedContentOf(stored);
    if (!content || content.length === 0) return node;
    opened.count += 1;
    const inner = await readMimeTree(stretchesOf(stored, content), take);
    opened.problem ??= inner.problem;
    return inner.root ? open(inner.root) : node;
  };
  const root = tree.root ? await open(tree.root) : null;
  return { root, problem: opened.problem };
}

async function* stretchesOf(
  part: StoredPart<unknown>,
  stretches: readonly Stretch[],
): AsyncGenerator<Buffer> {
  for (const { start, end } of stretches) yield* piecesOf(part, start, end);
}
