import { stopped } from './stopped.ts';

/**
 * Words for when the page itself is not there: the build puts them into index.html, and `public/start.js` shows the ones
 * that fit. A text between backticks is code.
 */
export const start = {
  ...stopped,
  starting: {
    title: 'Stillroom is starting',
    text: ['The page is on its way. If these words stay, reload it.'],
  },
  late: {
    title: 'Stillroom is still on its way',
    text: [
      'The connection is slow, or a part of the page does not arrive. It opens by itself when all is here; if it does not, reload it.',
    ],
  },
  file: {
    title: 'Stillroom needs a server',
    text: [
      'This page was opened as a file, and browsers let no page load its own parts from files.',
      'In the folder of the project, run `npm ci` and `npm start`, and open `http://localhost:4173/`. A folder `dist` that is built already can be put on any web server.',
    ],
  },
  old: {
    title: 'This browser is too old for Stillroom',
    text: [
      'It trains models in the page, and needs Chrome or Edge 111, Firefox 115, Safari 16.4, or anything newer. Please update this browser, or open the page in another one.',
    ],
  },
  missing: {
    title: 'A part of Stillroom did not arrive',
    text: [
      'See that you are online, and reload the page.',
      'If you host it yourself: the folder `assets` must be there as a whole, and files that end in `.js` must be served as `text/javascript`. docs/hosting.md has more.',
    ],
  },
  unstyled: {
    title: 'The page has no style',
    text: ['Its style sheet did not arrive. See that you are online, and reload the page.'],
  },
  withoutJavaScript:
    'Stillroom trains models in this page and needs JavaScript to do it. Please turn it on and reload.',
} as const;
