/* Makes words that readers type and words on pages comparable, however they are written.

   normalise.words(text) returns the words of a text in order, each as {start, end, terms}: its place, and the terms by
   which it is found. The first term is the whole word. The others are the word without its article, prefix or ending. */
var normalise = (function () {
  "use strict";

  // Letters that Unicode does not decompose, although readers treat them as the same letter.
  var ALIKE = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ґ": "г",
    "ی": "ي", "ى": "ي", "ے": "ي", "ک": "ك", "ە": "ه", "ہ": "ه", "ھ": "ه", "ة": "ه", "ٱ": "ا", "ء": "", "ـ": "",
    "‌": "", "‍": ""
  };
  // Accents, the marks of ё, й and ї, Hebrew and Arabic vowel signs, and the hamza above or below a letter.
  var MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/;

  function fold(text) {
    var folded = "";
    for (var letter of text.toLowerCase().normalize("NFKD")) {
      var digit = "٠١٢٣٤٥٦٧٨٩".indexOf(letter) + 1 || "۰۱۲۳۴۵۶۷۸۹".indexOf(letter) + 1;
      if (digit) folded += digit - 1;
      else if (letter in ALIKE) folded += ALIKE[letter];
      else if (!MARKS.test(letter)) folded += letter;
    }
    return folded;
  }

  // An apostrophe is a letter in Ukrainian and ends a word in French. Persian words contain zero-width non-joiners.
  var WORD = /[\u0400-\u052f\u0300-\u036f]+(?:['’ʼ][\u0400-\u052f\u0300-\u036f]+)+|[\p{L}\p{M}\p{N}\u200c\u200d]+/gu;
  var HAN = /[\u3400-\u9fff\uf900-\ufaff]/;
  var ARABIC = /^[\u0621-\u06ff]+$/;

  // Chinese has no spaces. Every two neighbouring characters are a term, which finds words of any length.
  function pairs(run) {
    if (run.length < 2) return [run];
    var found = [];
    for (var at = 0; at + 1 < run.length; at++) found.push(run.slice(at, at + 2));
    return found;
  }

  var ARTICLE = /^[وف]?[بك]?ال(.{3,})$/;
  var FOR_THE = /^[وف]?لل(.{2,})$/;
  var PREFIX = /^(?:[وف]?[بلك]|[وف])(.{4,})$/;
  // Endings, longest first: "their", "your", plurals, "my", "-a", and the Persian plural.
  var ENDING = /^(.{3,}?)(?:هايي|تهما|هاي|تها|تهم|تنا|تكم|هما|كما|يها|ها|هم|كم|نا|ات|ون|ين|ان|وا|ني|تي|ته|تك|يه|ه|ي|ك)$/;

  function arabic(word) {
    var found = [word], parts;
    if ((parts = ARTICLE.exec(word))) found.push(parts[1]);
    // "For the" merges with the article, and with the first letter of a word that begins with lam.
    else if ((parts = FOR_THE.exec(word))) found.push(parts[1], "ل" + parts[1]);
    else if ((parts = PREFIX.exec(word))) found.push(parts[1]);
    found.slice().forEach(function (one) {
      if ((parts = ENDING.exec(one))) found.push(parts[1]);
    });
    return found;
  }

  var known = new Map();

  // Pages repeat most of their words.
  function terms(word) {
    if (!known.has(word)) known.set(word, made(word));
    return known.get(word);
  }

  function made(word) {
    var folded = fold(word);
    var found = [];
    if (HAN.test(folded)) {
      folded.split(/([\u3400-\u9fff\uf900-\ufaff]+)/).forEach(function (run) {
        if (run) found = found.concat(HAN.test(run) ? pairs(run) : [run]);
      });
    } else if (ARABIC.test(folded)) {
      found = arabic(folded);
      // Readers write a space, the non-joiner or nothing. Each form finds the others.
      var parts = word.split("‌");
      if (parts.length > 1) parts.forEach(function (part) { found = found.concat(arabic(fold(part))); });
    } else {
      found = [folded.replace(/['’ʼ]/g, "")];
    }
    return found.filter(function (term, at) { return term && found.indexOf(term) === at; });
  }

  function words(text) {
    var found = [], match;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(text))) {
      found.push({ start: match.index, end: match.index + match[0].length, terms: terms(match[0]) });
    }
    return found;
  }

  return { words: words };
})();
if (typeof module !== "undefined") module.exports = normalise;
