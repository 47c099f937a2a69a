/** Words for a page that has stopped; the rest of start.ts stands in index.html alone. */
export const stopped = {
  stopped: {
    title: 'The page stopped',
    text: [
      'Something unexpected happened to it. Your run is kept in this browser: reload the page, and it is taken up again. If it happens once more, turn off extensions that change pages.',
    ],
  },
  reload: 'Reload the page',
} as const;
