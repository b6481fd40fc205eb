/** Wire the page: show, print, copy and clear the result. Nothing is stored, sent, or put into the address or the title. */

import { todayOf } from "./dates.js";
import { button, grow, made } from "./fields.js";
import { lengthOf, resultOf } from "./model.js";
import { directionOf, drawn, plainIn, resultIn } from "./result.js";

/**
 * @typedef {import("./model.js").Values} Values
 * @typedef {import("./result.js").Speaker} Speaker
 *
 * Words in the official languages, by tag and id. `english` lists the ids whose words are English.
 * @typedef {{ [tag: string]: { [id: string]: string } & { english: string[] } }} Official
 */

/** @type {Values & { official: Official }} the build writes it above the modules */
const data = DATA;

/** The class of everything around the result. Print hides what is beside it. */
const WAY = "macro-prepare-way";

const TITLE = "prepare-title";

/** @returns {Speaker} the language of the page, whose words are on it */
function readerSpeaker() {
  const { lang, dir } = document.documentElement;
  return {
    lang,
    dir,
    say(key) {
      const element = document.getElementById(key);
      if (!element) return null;
      const marked = /** @type {HTMLElement} */ (element.closest("[lang]"));
      return { text: (element.textContent || "").trim(), lang: marked.lang, dir: marked.dir };
    },
  };
}

/** @param {string} lang @returns {Speaker} an official language, whose words are in the script */
function officialSpeaker(lang) {
  const words = data.official[lang];
  return {
    lang,
    dir: directionOf(lang),
    say(key) {
      if (!key.startsWith("w-") || !(key in words)) return null;
      const own = words.english.includes(key) ? "en" : lang;
      return { text: words[key], lang: own, dir: directionOf(own) };
    },
  };
}

/** @param {import("./model.js").Answers} answers @returns {Speaker[]} */
function speakersFor(answers) {
  const reader = readerSpeaker();
  const lang = (answers.picked["q-official"] || []).join().replace("official-", "");
  return data.official[lang] && lang !== reader.lang ? [reader, officialSpeaker(lang)] : [reader];
}

/** @param {string} sign @returns {HTMLElement} a sign of danger, with the link that stands beside it */
function signIn(sign) {
  const words = /** @type {HTMLElement} */ (document.querySelector("#" + sign + " span"));
  return made("li", "", ...words.cloneNode(true).childNodes);
}

/** @param {HTMLElement} place where the result goes */
function start(place) {
  const words = place.dataset;
  const fields = grow(words);
  const status = made("p", "status");
  const counts = made("p", "count");
  const result = made("section", "result");
  status.setAttribute("role", "status");
  result.setAttribute("aria-labelledby", TITLE);
  result.tabIndex = -1;
  result.translate = false;
  /** Which signs of danger the reader has gone on from. */
  let went = "";

  const hide = () => {
    result.hidden = true;
    result.replaceChildren();
    for (const element of document.querySelectorAll("." + WAY)) element.classList.remove(WAY);
  };
  /** @param {string | undefined} title @param {(Node | string)[]} inside */
  const show = (title, ...inside) => {
    const heading = made("h2", "", title || "");
    heading.id = TITLE;
    result.replaceChildren(heading, ...inside);
    result.hidden = false;
    result.focus();
  };
  const outcome = () => {
    const answers = fields.read();
    const { signs, ...rest } = resultOf(answers, data, todayOf(new Date()));
    return { signs, nodes: resultIn(rest, speakersFor(answers)) };
  };
  /** @returns {boolean} whether the result is there: signs of danger come first */
  const make = () => {
    const { signs, nodes } = outcome();
    if (signs.length && went !== signs.join()) {
      const on = button(words.on, () => {
        went = signs.join();
        make();
      });
      show(words.first, made("ul", "", ...signs.map(signIn)), on);
      return false;
    }
    show(words.title, ...nodes.map((node) => drawn(node, document)));
    for (let element = result.parentElement; element; element = element.parentElement) element.classList.add(WAY);
    status.textContent = words.shown || "";
    return true;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(outcome().nodes.map(plainIn).join("\n"));
      status.textContent = words.copied || "";
    } catch {
      // Without the right to copy, the reader copies what is selected.
      /** @type {Selection} */ (getSelection()).selectAllChildren(result);
      status.textContent = words.selected || "";
    }
  };
  const count = () => {
    const { words: number, pages, limit } = lengthOf(fields.read(), data);
    const reader = readerSpeaker();
    /** @param {string} key @param {number} value */
    const piece = (key, value) => reader.say(key)?.text + ": " + new Intl.NumberFormat(reader.lang).format(value);
    const pieces = [piece("r-words", number), piece("r-pages", pages)];
    if (limit) pieces.push(piece("r-limit-pages", limit));
    counts.textContent = pieces.join(" · ");
  };
  const clear = () => {
    hide();
    fields.clear();
    went = "";
    status.textContent = "";
    count();
  };

  let waiting = 0;
  const changed = () => {
    // An old result beside new answers would be wrong.
    hide();
    status.textContent = "";
    clearTimeout(waiting);
    waiting = setTimeout(count, 300);
  };
  addEventListener("input", changed);
  addEventListener("change", changed);
  // Who comes back finds nothing.
  addEventListener("pagehide", clear);
  addEventListener("pageshow", (event) => {
    if (event.persisted) clear();
  });
  // The page hides itself when it is left by the link or by the key, and may stay until the other one has come.
  new MutationObserver(() => document.documentElement.matches(".left") && clear()).observe(document.documentElement, {
    attributeFilter: ["class"],
  });

  place.after(
    made(
      "div",
      "controls",
      counts,
      button(words.show, make),
      button(words.print, () => make() && print()),
      button(words.copy, () => make() && copy()),
      button(words.clear, () => {
        clear();
        status.textContent = words.cleared || "";
      }),
      status,
    ),
    result,
  );
  // A link that replaced the page would take the answers with it.
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("article a[href]"))) {
    if (!link.getAttribute("href")?.startsWith("#")) link.target = "_blank";
  }
  clear();
}

const ending = /** @type {HTMLElement | null} */ (document.querySelector(".macro-prepare[data-kind=result]"));
if (ending) start(ending);
