// How many cells a character takes: the graphemes of the addon, and two for each character of ambiguous width, as the
// program counts them with `--ambiguous 2`.

import { UnicodeGraphemesAddon } from '/unicode-graphemes.mjs';

const WIDTH_SHIFT = 1;
const WIDTH_MASK = 3 << WIDTH_SHIFT;
const JOINED = 1;
const isVoicedMark = (code) => code === 0xff9e || code === 0xff9f; // half-width, a cell of its own in the program

/** Return the provider that the addon registers; its class is not exported. */
function graphemes() {
  let provider;
  const unicode = { register(given) { provider = given; }, activeVersion: '', versions: [] };
  new UnicodeGraphemesAddon().activate({ unicode });
  return provider;
}

/** Register our widths with `terminal`; `ranges` are pairs of first and last code point. */
export function registerWidths(terminal, ranges) {
  const inner = graphemes();
  const isAmbiguous = (code) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (code < ranges[middle][0]) high = middle - 1;
      else if (code > ranges[middle][1]) low = middle + 1;
      else return true;
    }
    return false;
  };
  terminal.unicode.register({
    version: 'ganews',
    wcwidth: (code) => (isAmbiguous(code) ? 2 : isVoicedMark(code) ? 1 : inner.wcwidth(code)),
    charProperties(code, preceding) {
      if (isVoicedMark(code)) return (inner.charProperties(code, 0) & ~WIDTH_MASK & ~JOINED) | (1 << WIDTH_SHIFT);
      const properties = inner.charProperties(code, preceding);
      return isAmbiguous(code) ? (properties & ~WIDTH_MASK) | (2 << WIDTH_SHIFT) : properties;
    },
  });
  terminal.unicode.activeVersion = 'ganews';
}
