/**
 * Keeps the page alive while a browser translates it. Translators put `<font>` elements in place of text nodes that React
 * still holds: an update then goes to a node that nobody sees, and removing the node throws, which takes the page down.
 */

/** What stands in place of a text node. */
const replacements = new WeakMap<Node, Element>();

/** Watches for the first translated text; until then nothing is changed but this. */
export function outliveTranslation(root: Node = document.documentElement): void {
  let guarded = false;
  new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      // Put there in its place, or before it was moved into the element.
      const font = [...addedNodes, previousSibling, nextSibling].find((node) => node?.nodeName === 'FONT');
      if (!font) continue;
      for (const node of removedNodes) {
        if (node.nodeType === Node.TEXT_NODE) replacements.set(node, font as Element);
      }
      if (!guarded) guard();
      guarded = true;
    }
  }).observe(root, { childList: true, subtree: true });
}

/** The element that stands for a child which is no longer one of `parent`'s; the child itself where there is none. */
function inPlaceOf<T extends Node | null>(child: T, parent: Node): T {
  if (!child || child.parentNode === parent) return child;
  const font = replacements.get(child);
  return font?.parentNode === parent ? (font as unknown as T) : child;
}

/** React reaches its nodes by these three alone. */
function guard() {
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    removeChild.call(this, inPlaceOf(child, this));
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    return insertBefore.call(this, node, inPlaceOf(before, this)) as T;
  };
  const nodeValue = Object.getOwnPropertyDescriptor(Node.prototype, 'nodeValue')!;
  Object.defineProperty(Node.prototype, 'nodeValue', {
    ...nodeValue,
    set(this: Node, value: string | null) {
      nodeValue.set!.call(this, value);
      // New words come back untranslated, and the translator takes its turn.
      const font = replacements.get(this);
      if (font?.isConnected && !this.isConnected) font.replaceWith(this);
    },
  });
}
