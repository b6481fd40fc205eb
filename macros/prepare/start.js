/** Wire the page: show, print, copy and clear the result. Nothing is stored, sent, or put into the address or the title. */

import { directionOf, drawn, plainIn, resultIn } from "./result.js";
import { grow, made } from "./fields.js";
import { lengthOf, resultOf } from "./model.js";
import { todayOf } from "./dates.js";

/**
 * @typedef {import("./model.js").Values} Values
 * @typedef {import("./result.js").Speaker} Speaker
 *
 * Words in the official languages, by tag and id. `english` lists the ids that a language has in English.
 * @typedef {Record<string, Record<string, string> & { english?: string[] }>} Official
 */

/** @type {Values & { official: Official }} the build writes it above the modules */
const data = DATA;

/** @returns {Speaker} the language of the page, whose words are on it */
function readerSpeaker() {
  const { lang, dir } = document.documentElement;
  return {
    lang,
    dir: dir || "ltr",
    say(key) {
      const element = document.getElementById(key);
      if (!element) return null;
      const marked = /** @type {HTMLElement} */ (element.closest("[lang]"));
      const copy = /** @type {HTMLElement} */ (element.cloneNode(true));
      for (const gone of copy.querySelectorAll(".macro-cite")) gone.remove();
      return { text: (copy.textContent || "").trim(), lang: marked.lang, dir: marked.dir };
    },
  };
}

/** @param {string} lang @returns {Speaker} an official language, whose words are in the script */
function officialSpeaker(lang) {
  const words = data.official[lang];
  const english = words.english || [];
  return {
    lang,
    dir: directionOf(lang),
    say(key) {
      if (!Object.hasOwn(words, key) || key === "english") return null;
      return english.includes(key)
        ? { text: words[key], lang: "en", dir: "ltr" }
        : { text: words[key], lang, dir: directionOf(lang) };
    },
  };
}

/** @param {import("./model.js").Answers} answers @returns {Speaker[]} */
function speakersFor(answers) {
  const reader = readerSpeaker();
  const chosen = (answers.picked["q-official"] || [])[0];
  const lang = chosen ? chosen.slice("official-".length) : "";
  return data.official[lang] && lang !== reader.lang ? [reader, officialSpeaker(lang)] : [reader];
}

/** @param {string} sign @returns {HTMLElement} a sign of danger, with the link that stands beside it */
function signIn(sign) {
  const item = /** @type {HTMLElement} */ (document.getElementById(sign));
  const text = item.querySelector("label span") || item;
  return made("li", {}, ...[...text.childNodes].map((node) => node.cloneNode(true)));
}

/** @param {HTMLElement} place where the result goes */
function start(place) {
  const words = place.dataset;
  const fields = grow(words);
  const way = "macro-prepare-way";
  let went = "";

  /** @param {string} text @param {() => void} act */
  const button = (text, act) => {
    const element = made("button", { type: "button" }, text);
    element.addEventListener("click", act);
    return element;
  };
  const status = made("p", { role: "status", class: "macro-prepare__status" });
  const counts = made("p", { class: "macro-prepare__count" });
  const result = made("section", { class: "macro-prepare__result", tabindex: "-1", "aria-labelledby": "prepare-title" });
  result.hidden = true;

  const hide = () => {
    result.hidden = true;
    result.replaceChildren();
    for (const element of document.querySelectorAll("." + way)) element.classList.remove(way);
  };
  /** @param {(Node | string)[]} inside */
  const show = (...inside) => {
    result.replaceChildren(...inside);
    result.hidden = false;
    result.focus();
  };
  const count = () => {
    const { words: number, pages, limit } = lengthOf(fields.read(), data);
    const reader = readerSpeaker();
    const format = new Intl.NumberFormat(reader.lang);
    const piece = (/** @type {string} */ key, /** @type {number} */ value) =>
      ((reader.say(key) || { text: "" }).text + ": " + format.format(value));
    const pieces = [piece("r-words", number), piece("r-pages", pages)];
    if (limit) pieces.push(piece("r-limit-pages", limit));
    counts.textContent = pieces.join(" · ");
  };
  const outcome = () => {
    const answers = fields.read();
    const { signs, ...rest } = resultOf(answers, data, todayOf(new Date()));
    return { signs, nodes: resultIn({ signs, ...rest }, speakersFor(answers)) };
  };
  const make = () => {
    const { signs, nodes } = outcome();
    const title = made("h2", { id: "prepare-title" });
    if (signs.length && went !== signs.join()) {
      title.textContent = words.first || "";
      const on = button(words.on || "", () => {
        went = signs.join();
        make();
      });
      show(title, made("ul", {}, ...signs.map(signIn)), on);
      return;
    }
    title.textContent = words.title || "";
    show(title, ...nodes.map((node) => drawn(node, document)));
    // Print shows only what is on the way to the result.
    for (let element = result.parentElement; element; element = element.parentElement) element.classList.add(way);
    status.textContent = words.shown || "";
  };
  /** Do it with the result, which is made first if it is not there. @param {() => void} act */
  const withResult = (act) => () => {
    if (!place.closest("." + way)) make();
    if (place.closest("." + way)) act();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(outcome().nodes.map(plainIn).join("\n"));
      status.textContent = words.copied || "";
    } catch {
      const selection = getSelection();
      if (selection) selection.selectAllChildren(result);
      status.textContent = words.selected || "";
    }
  };
  const clear = () => {
    hide();
    fields.clear();
    went = "";
    count();
  };

  let waiting = 0;
  const changed = () => {
    hide();
    status.textContent = "";
    clearTimeout(waiting);
    waiting = setTimeout(count, 300);
  };
  addEventListener("input", changed);
  addEventListener("change", changed);
  // What is typed is not there any more when somebody comes back.
  addEventListener("pagehide", clear);
  addEventListener("pageshow", (event) => {
    if (event.persisted) clear();
  });
  const leave = document.querySelector(".leave");
  if (leave) leave.addEventListener("click", clear);

  const controls = made(
    "div",
    { class: "macro-prepare__controls" },
    counts,
    button(words.show || "", make),
    button(words.print || "", withResult(print)),
    button(words.copy || "", withResult(copy)),
    button(words.clear || "", () => {
      clear();
      status.textContent = words.cleared || "";
    }),
    status,
  );
  place.after(controls, result);
  // An answer would be gone if a link replaced the page.
  for (const link of document.querySelectorAll("article a[href]")) {
    if (!(link.getAttribute("href") || "").startsWith("#")) link.setAttribute("target", "_blank");
  }
  clear();
}

const ending = /** @type {HTMLElement | null} */ (document.querySelector(".macro-prepare[data-kind=result]"));
if (ending) start(ending);
