import { type KeyboardEvent, useRef } from 'react';

/** Letters that follow each other within this many milliseconds are one word. */
const pause = 700;

/**
 * Moves the focus in a menu to the next entry with a word that begins with what is typed, as menus of the system do. An
 * entry's name is in its `[data-title]`.
 */
export function useTypeAhead() {
  const typed = useRef({ text: '', at: 0 });
  return ({ key, timeStamp, ctrlKey, metaKey, altKey, currentTarget }: KeyboardEvent<HTMLElement>) => {
    if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return;
    const { text, at } = typed.current;
    const goesOn = timeStamp - at < pause;
    typed.current = { text: goesOn ? text + key.toLowerCase() : key.toLowerCase(), at: timeStamp };
    const items = [...currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const now = items.indexOf(document.activeElement as HTMLElement);
    // A word that goes on may stay where it is; another one begins with the entry after this.
    const order = items.map((_, i) => items[(now + i + (goesOn ? 0 : 1) + items.length) % items.length]);
    order.find((item) => beginsWith(titleOf(item), typed.current.text))?.focus();
  };
}

const titleOf = (item: HTMLElement) => item.querySelector('[data-title]')?.textContent ?? '';

/** True where a word of `title` begins with `text`, in whichever case. */
export const beginsWith = (title: string, text: string) =>
  ` ${title.toLowerCase()}`.replace(/[^\p{L}\p{N}]+/gu, ' ').includes(` ${text}`);
