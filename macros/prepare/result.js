/** The result in words: in the reader's language, and beside it in the official language that the reader chose. */

/**
 * @typedef {import("./dates.js").Day} Day
 * @typedef {import("./model.js").Part} Part
 * @typedef {import("./model.js").Row} Row
 * @typedef {import("./model.js").Result} Result
 *
 * @typedef {{ text: string, lang: string, dir: string }} Words
 *
 * Who says the words: a language. `say` returns null for words that this language does not have.
 * @typedef {{ lang: string, dir: string, say: (key: string) => Words | null }} Speaker
 *
 * An element that is still to be made. All text in it is text, whatever is typed.
 * @typedef {{ tag: string, name?: string, lang?: string, dir?: string, inside: (Node_ | string)[] }} Node_
 */

const RIGHT_TO_LEFT = ["ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];

/** @param {string} lang @returns {string} */
export function directionOf(lang) {
  return RIGHT_TO_LEFT.includes(lang.split("-")[0]) ? "rtl" : "ltr";
}

/**
 * The day in words. Plain English writes it as the pages of this site do.
 *
 * @param {string} lang
 * @param {Day} day
 * @returns {string} in the calendar of the language
 */
export function dayInWords(lang, { year, month, day }) {
  const moment = new Date(Date.UTC(2000, month - 1, day));
  moment.setUTCFullYear(year, month - 1, day);
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "long", timeZone: "UTC" }).format(moment);
}

/** @param {Speaker} speaker @param {Part} part @returns {Node_ | string | null} */
function said(speaker, part) {
  if (typeof part === "string") {
    const words = speaker.say(part);
    if (!words || words.lang === speaker.lang) return words && words.text;
    return { tag: "span", lang: words.lang, dir: words.dir, inside: [words.text] };
  }
  if ("day" in part) return { tag: "bdi", inside: [dayInWords(speaker.lang, part.day)] };
  if ("article" in part) return { tag: "bdi", dir: "ltr", inside: [part.article] };
  if ("unit" in part) {
    const style = /** @type {const} */ ({ style: "unit", unit: part.unit, unitDisplay: "long" });
    return new Intl.NumberFormat(speaker.lang, style).format(part.length);
  }
  return new Intl.NumberFormat(speaker.lang).format(part.number);
}

/** @param {Speaker} speaker @param {Part[]} parts @returns {(Node_ | string)[]} with spaces between */
function sentence(speaker, parts) {
  const inside = [];
  for (const part of parts) {
    const piece = said(speaker, part);
    // In a PDF, a plain space between two elements can be left out of the tags.
    if (piece) inside.push(...(inside.length ? ["\u00a0", piece] : [piece]));
  }
  return inside;
}

/**
 * One line in one language.
 *
 * @param {Speaker} speaker
 * @param {Row} row
 * @returns {Node_ | null} null if this language has none of its words
 */
function line(speaker, row) {
  const label = sentence(speaker, row.label);
  if (!label.length) return null;
  const values = (row.value || []).map((parts) => sentence(speaker, parts)).filter((inside) => inside.length);
  /** @type {(Node_ | string)[]} */
  const inside = [{ tag: "b", inside: label }];
  if (values.length === 1) inside.push(" – ", ...values[0]);
  if (values.length > 1) inside.push({ tag: "ul", inside: values.map((each) => ({ tag: "li", inside: each })) });
  return { tag: "div", name: "said", lang: speaker.lang, dir: speaker.dir, inside };
}

/**
 * @param {Speaker[]} speakers the reader's language, then the official one if it is another
 * @param {Row} row
 * @param {boolean} isForeign whether what is typed has to be translated
 * @returns {Node_}
 */
function rowIn(speakers, row, isForeign) {
  const [reader] = speakers;
  /** @type {(Node_ | string)[]} */
  const inside = speakers.map((speaker) => line(speaker, row)).filter((each) => each !== null);
  if (row.typed) {
    // First strong direction, isolated: controls in it do not reach the words around it.
    inside.push({ tag: "div", name: "typed", inside: [{ tag: "bdi", dir: "auto", inside: [row.typed] }] });
    if (isForeign) inside.push(...pairIn(speakers, "w-translate", "p", "translate"));
  }
  for (const note of row.notes || []) {
    inside.push({ tag: "p", name: "note", lang: reader.lang, dir: reader.dir, inside: sentence(reader, note) });
  }
  return { tag: "div", name: "row", inside };
}

/** @param {Speaker[]} speakers @param {string} key @param {string} tag @param {string} name @returns {Node_[]} */
function pairIn(speakers, key, tag, name) {
  const all = speakers.map((speaker) => ({ speaker, inside: sentence(speaker, [key]) }));
  return all
    .filter(({ inside }) => inside.length)
    .map(({ speaker, inside }) => ({ tag, name, lang: speaker.lang, dir: speaker.dir, inside }));
}

/**
 * @param {Omit<Result, "signs">} result
 * @param {Speaker[]} speakers
 * @returns {Node_[]} the sections of the result
 */
export function resultIn({ sections, isForeign }, speakers) {
  const isMarked = isForeign === null ? speakers.length > 1 : isForeign;
  return sections.map(({ title, rows }) => {
    const [first, ...others] = pairIn(speakers, title, "span", "title");
    const heading = { tag: "h3", inside: others.length ? [first, " · ", ...others] : [first] };
    return { tag: "section", name: "part", inside: [heading, ...rows.map((row) => rowIn(speakers, row, isMarked))] };
  });
}

/** @param {Node_ | string} node @returns {string} its text, with a line for each block */
export function plainIn(node) {
  if (typeof node === "string") return node;
  const text = node.inside.map(plainIn).join("");
  return ["div", "p", "h3", "li", "section"].includes(node.tag) ? "\n" + text.replace(/^\n/, "") + "\n" : text;
}

/** @param {Node_ | string} node @param {Document} page @returns {Node} */
export function drawn(node, page) {
  if (typeof node === "string") return page.createTextNode(node);
  const element = page.createElement(node.tag);
  if (node.name) element.className = "macro-prepare__" + node.name;
  if (node.lang) element.lang = node.lang;
  if (node.dir) element.dir = node.dir;
  element.append(...node.inside.map((each) => drawn(each, page)));
  return element;
}
