/* Looks for words in the pages of one language.

   createSearch(MiniSearch, normalise, pages) takes the pages as generator/search.py writes them, and returns a function
   from what was typed to the results, best first. A result is {address, title, heading, sentence}. title and heading are
   {text, lang}; lang is empty for the language of the page. sentence is {pieces, lang}, and a piece {text, found}. */
var createSearch = (function () {
  "use strict";

  // Leave out results whose score is below this share of the best one.
  var LEAST = 0.12;
  var MOST = 12;
  // A word says less, the more pages have it, if more than one page in RARE has it; but never less than LITTLE.
  var RARE = 2.5;
  var LITTLE = 0.2;
  // The start page repeats what the pages say to which it leads, so it counts half.
  var START = 0.5;
  var HAN = /[\u3400-\u9fff\uf900-\ufaff]/;

  // English words on a page of another language begin with a tab.
  function read(words) {
    if (words[0] === "\t") return { text: words.slice(1), lang: "en" };
    if (typeof words === "string") return { text: words, lang: "" };
    var lang = Object.keys(words)[0];
    return { text: words[lang], lang: lang };
  }

  // Returns the terms of each word. In Chinese, each term is a word.
  function parts(words) {
    var found = [];
    words.forEach(function (word) {
      var isChinese = word.terms.some(function (term) { return HAN.test(term); });
      found = found.concat(isChinese ? word.terms.map(function (term) { return [term]; }) : [word.terms]);
    });
    return found;
  }

  function termsOf(normalise, text) {
    var all = [];
    normalise.words(text).forEach(function (word) { word.terms.forEach(function (term) { all.push(term); }); });
    return all;
  }

  // Returns the beginning of a word, which its other forms share.
  function stump(term, share) {
    return term.length > 4 ? term.slice(0, Math.max(4, Math.ceil(term.length * share))) : "";
  }

  return function (MiniSearch, normalise, pages) {
    var documents = pages.map(function (page, id) {
      return { id: id, address: page[0], title: read(page[1]), searched: page[2], parts: page.slice(3) };
    });
    var seenOn = new Map();
    // Words that writers chose for the search count most, then titles and headings, then the text.
    var engine = new MiniSearch({
      fields: ["title", "searched", "heading", "text"],
      extractField: function (document, field) {
        if (field === "id") return document.id;
        if (field === "title") return document.title.text;
        if (field === "searched") return document.searched;
        return document.parts.map(function (part) {
          return (field === "heading" ? [part[1]] : part.slice(2)).map(function (words) { return read(words).text; }).join(" \n");
        }).join(" \n");
      },
      tokenize: function (text) { return termsOf(normalise, text); },
      processTerm: function (term) { return term; },
      searchOptions: { boost: { title: 5, searched: 8, heading: 4 }, combineWith: "OR" }
    });
    engine.addAll(documents);

    // Returns on how many pages a term is.
    function pagesWith(term) {
      if (!seenOn.has(term)) {
        seenOn.set(term, engine.search({ queries: [term], tokenize: function (same) { return [same]; } }).length);
      }
      return seenOn.get(term);
    }

    // Returns how much a term says, from LITTLE to 1. What is on most pages says little, also where a title has it.
    function telling(term) {
      var on = pagesWith(term);
      return on ? Math.min(1, Math.max(LITTLE, Math.log(documents.length / on) / Math.log(RARE))) : 1;
    }

    function asked(term, weight, short) {
      var queries = [{
        queries: [term], tokenize: function (one) { return [one]; }, boostTerm: function () { return weight; },
        prefix: term.length > 2 || HAN.test(term), fuzzy: term.length > 4 ? 0.2 : false, maxFuzzy: 2,
        weights: { prefix: 0.5, fuzzy: 0.35 }
      }];
      if (short) {
        queries.push({
          queries: [short], tokenize: function (one) { return [one]; }, prefix: true,
          boostTerm: function () { return weight * 0.3; }
        });
      }
      return queries;
    }

    // Returns how surely a term of a page is what was typed, from 0 to 1.
    function alike(term, words) {
      return Math.max.apply(null, words.map(function (word) {
        if (term === word.terms[0]) return 1;
        if (word.terms.indexOf(term) > 0) return 0.7;
        return term.indexOf(word.terms[0]) === 0 ? 0.5 : 0.2;
      }));
    }

    function sentences(text) {
      return text.match(/[^.!?؟。！？]+(?:[.!?؟。！？]+(?!\s)[^.!?؟。！？]*)*[.!?؟。！？]*["”»)\s]*/g) || [text];
    }

    // Returns the sentence with most of the words, and its part. If only the title matches, it is the first sentence.
    function best(document, terms) {
      var found = null;
      document.parts.forEach(function (part, number) {
        part.slice(1).forEach(function (words, at) {
          var block = read(words);
          (at ? sentences(block.text) : [block.text]).forEach(function (sentence) {
            var score = 0, met = {};
            normalise.words(sentence).forEach(function (word) {
              word.terms.forEach(function (term) {
                var weight = terms.get(term);
                if (weight && !met[term]) score += met[term] = weight;
              });
            });
            // A match in a heading counts for the text below it.
            var text = at ? sentence : "";
            if (!at) score *= number ? 1.2 : 0.5;
            if (score && (!found || score > found.score)) {
              found = { score: score, part: part, text: text, lang: block.lang };
            }
          });
        });
      });
      found = found || { part: document.parts[0], text: "", lang: "" };
      if (!found.text && found.part.length > 2) {
        // Prefer a whole sentence to the title of a box.
        var blocks = found.part.slice(2).map(read);
        var first = blocks.filter(function (block) { return /[.!?؟。！？]["”»)]*$/.test(block.text); })[0] || blocks[0];
        found.text = sentences(first.text)[0];
        found.lang = first.lang;
      }
      return found;
    }

    function cut(text, terms) {
      var pieces = [], end = 0;
      normalise.words(text).forEach(function (word) {
        if (!word.terms.some(function (term) { return terms.has(term); })) return;
        if (word.start > end) pieces.push({ text: text.slice(end, word.start), found: false });
        pieces.push({ text: text.slice(word.start, word.end), found: true });
        end = word.end;
      });
      if (end < text.length) pieces.push({ text: text.slice(end), found: false });
      return pieces;
    }

    return function (query) {
      var words = normalise.words(query);
      if (!words.length) return [];
      var found = engine.search({
        queries: parts(words).map(function (word) {
          // The shortest term, without article and ending, is the most characteristic one.
          var barest = word.reduce(function (one, other) { return other.length < one.length ? other : one; });
          var weight = telling(word[0]);
          function forms(share) {
            return {
              queries: word.reduce(function (all, term, at) {
                return all.concat(asked(term, at ? weight * 0.7 : weight, term === barest ? stump(term, share) : ""));
              }, [])
            };
          }
          var close = forms(0.6);
          // "International" must not find "Interpol" if it finds itself.
          return engine.search(close).length ? close : forms(0);
        })
      }, {
        boostDocument: function (id) { return documents[id].address ? 1 : START; }
      });
      return found.filter(function (one) { return one.score >= found[0].score * LEAST; }).slice(0, MOST).map(function (one) {
        var document = documents[one.id];
        var terms = new Map();
        one.terms.forEach(function (term) {
          var on = pagesWith(term);
          // A term that is on more than half of the pages does not help to choose a sentence.
          if (on <= documents.length / 2) terms.set(term, alike(term, words) * Math.log(documents.length / on));
        });
        var place = best(document, terms);
        var heading = read(place.part[1]);
        return {
          address: document.address + (place.part[0] ? "#" + place.part[0] : ""),
          title: document.title,
          heading: place.part[0] ? heading : { text: "", lang: "" },
          sentence: { pieces: cut(place.text.trim(), terms), lang: place.lang }
        };
      });
    };
  };
})();
/* Returns the pages from what pages.js has: JSON, compressed with bzip2. packed: base64. sum: the Adler-32 of the
   compressed bytes. size: the number of bytes of the JSON. */
function unpack(packed, sum, size) {
  "use strict";
  var letters = atob(packed), bytes = new Uint8Array(letters.length), low = 1, high = 0;
  for (var at = 0; at < bytes.length; at++) {
    bytes[at] = letters.charCodeAt(at);
    low = (low + bytes[at]) % 65521;
    high = (high + low) % 65521;
  }
  // The table of CRC-32 with its bits in the order of bzip2.
  bzip2.crcTable = Array.from({ length: 256 }, function (_, value) {
    var crc = value << 24;
    for (var bit = 0; bit < 8; bit++) crc = crc << 1 ^ (crc < 0 ? 0x04c11db7 : 0);
    return crc >>> 0;
  });
  // With damaged bytes, bzip2.js does not always come to an end.
  if (high * 65536 + low !== sum) throw new Error("pages.js is damaged.");
  var plain = new Uint8Array(size), end = 0;
  function add(byte) { plain[end++] = byte; }
  var bits = bzip2.array(bytes), most = 100000 * bzip2.header(bits), block = new Int32Array(most), read = 0;
  // After the last block, decompress returns null.
  while (read !== null) read = bzip2.decompress(bits, add, block, most, read);
  return JSON.parse(new TextDecoder().decode(plain));
}

if (typeof module !== "undefined") module.exports = createSearch;
