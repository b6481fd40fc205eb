/** How long a text is. Both numbers are estimates, in every script. */

/** So many words are a page, in a usual letter. This is our estimate, and no rule. */
const WORDS_PER_PAGE = 400;

/**
 * Count words. Scripts without spaces have no words to count, so there two characters count as one.
 *
 * @param {string} text
 * @returns {number}
 */
export function countWords(text) {
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
  let characters = 0;
  const spaced = text.replace(unspaced, () => {
    characters += 1;
    return " ";
  });
  const words = spaced.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.,:-]*/gu) || [];
  return words.length + Math.ceil(characters / 2);
}

/** @param {number} words @returns {number} */
export function countPages(words) {
  return Math.ceil(words / WORDS_PER_PAGE);
}
