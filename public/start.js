/*
 * Runs before everything else, and in any browser: the theme before the first paint, and words in place of a page that
 * stays blank. The words themselves stand in index.html, hidden. ES5 and no module, since it speaks to browsers that are
 * too old for the page.
 */
(function () {
  'use strict';
  var root = document.documentElement;
  /* Milliseconds after which a page that is not there is said to be late. */
  var patience = 15000;

  var theme = 'auto';
  try {
    theme = localStorage.getItem('stillroom-theme') || theme;
  } catch (error) {
    /* Storage is off: as the system has it. */
  }
  var prefersDark = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  var dark = theme === 'dark' || (theme !== 'light' && prefersDark);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  var said = '';

  /* Shows one of the sections of index.html in place of the others. The first cause is the one to tell. */
  function say(name) {
    if ((said && said !== 'late') || (root.hasAttribute('data-started') && name !== 'unstyled')) return;
    said = name;
    whenParsed(function () {
      var sections = document.querySelectorAll('.start[data-start]');
      for (var i = 0; i < sections.length; i++) {
        sections[i].hidden = sections[i].getAttribute('data-start') !== name;
      }
    });
  }

  function whenParsed(act) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
    else act();
  }

  whenParsed(function () {
    var buttons = document.querySelectorAll('.start[data-start] button');
    for (var i = 0; i < buttons.length; i++) {
      buttons[i].addEventListener('click', function () {
        location.reload();
      });
    }
  });

  /* What the page is built for: Chrome and Edge 111, Firefox 115, Safari 16.4. Each line is the youngest of its kind. */
  function isOld() {
    return !(
      'noModule' in document.createElement('script') &&
      /* Chrome 111. */
      window.CSS && CSS.supports('color', 'color-mix(in srgb, red, blue)') &&
      /* Firefox 115. Its workers read modules since 114; whether they do can't be asked without starting one. */
      typeof Array.prototype.toSorted === 'function' &&
      /* Safari 16.4. */
      'adoptedStyleSheets' in document
    );
  }

  if (location.protocol === 'file:') return say('file');
  if (isOld()) return say('old');

  window.addEventListener(
    'error',
    function (event) {
      var target = event.target;
      if (target && target.tagName === 'SCRIPT') say('missing');
      else if (target && target.tagName === 'LINK' && target.rel === 'stylesheet') say('unstyled');
      else if (target === window) say('stopped');
    },
    true
  );
  /* The page itself says so of a part without which it can't begin (src/ui/main.tsx). */
  window.addEventListener('stillroom:missing', function () {
    say('missing');
  });
  setTimeout(function () {
    say('late');
  }, patience);
})();
