/** Grow fields where the paper has lines and boxes, and read what is in them. The page holds nothing else of it. */

import { dayInWords } from "./result.js";
import { dayOf } from "./dates.js";

/**
 * @typedef {import("./model.js").Answers} Answers
 *
 * @typedef {object} Fields
 * @property {() => Answers} read
 * @property {() => void} clear
 *
 * @typedef {object} Question a question and what it grew
 * @property {(answers: Answers) => void} read
 * @property {() => void} clear
 */

/** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} inside @returns {HTMLElement} */
export function made(tag, attributes, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

/** @param {string} kind @param {Record<string, string>} attributes @returns {HTMLInputElement} a field that no browser keeps or checks */
function field(kind, attributes) {
  const isArea = kind === "area";
  const isBox = kind === "radio" || kind === "checkbox";
  const input = made(isArea ? "textarea" : "input", {
    class: isBox ? "macro-prepare__box" : "macro-prepare__field",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    translate: "no",
    ...attributes,
  });
  if (isArea) input.setAttribute("rows", "4");
  else input.setAttribute("type", kind);
  if (isArea || kind === "text") input.dir = "auto";
  return /** @type {HTMLInputElement} */ (input);
}

/** @param {HTMLInputElement} box @param {(Node | string)[]} words @returns {HTMLElement} */
function labelled(box, ...words) {
  return made("label", { class: "macro-prepare__label" }, box, " ", made("span", {}, ...words));
}

/**
 * "I do not know" and "Skip", of which at most one is ticked. A ticked one closes the field.
 *
 * @param {DOMStringMap} words
 * @param {string} heading the id of the question
 * @param {HTMLInputElement} input
 */
function statesOf(words, heading, input) {
  const unknown = field("checkbox", {});
  const skip = field("checkbox", {});
  const element = made(
    "div",
    { class: "macro-prepare__states", role: "group", "aria-labelledby": heading },
    labelled(unknown, words.unknown || ""),
    labelled(skip, words.skip || ""),
  );
  const close = () => {
    input.disabled = unknown.checked || skip.checked;
  };
  unknown.addEventListener("change", () => {
    skip.checked = false;
    close();
  });
  skip.addEventListener("change", () => {
    unknown.checked = false;
    close();
  });
  return {
    element,
    /** @param {Answers} answers */
    read(answers) {
      if (unknown.checked) answers.states[heading] = "unknown";
      if (skip.checked) answers.states[heading] = "skip";
    },
    clear() {
      unknown.checked = skip.checked = false;
      close();
    },
  };
}

/** @param {HTMLElement} place @param {DOMStringMap} words @param {string} heading @returns {Question} */
function textQuestion(place, words, heading) {
  const why = place.previousElementSibling;
  const input = field(place.dataset.kind === "line" ? "text" : "area", { "aria-labelledby": heading });
  if (why && why.tagName === "P") {
    why.id = why.id || heading + "-why";
    input.setAttribute("aria-describedby", why.id);
  }
  const states = statesOf(words, heading, input);
  place.after(made("div", { class: "macro-prepare__answer" }, input, states.element));
  return {
    read(answers) {
      answers.texts[heading] = input.value;
      states.read(answers);
    },
    clear() {
      input.value = "";
      states.clear();
    },
  };
}

/** @param {HTMLElement} place @param {DOMStringMap} words @param {string} heading @returns {Question} */
function dateQuestion(place, words, heading) {
  const input = field("date", { "aria-labelledby": heading, min: "1900-01-01", max: "2199-12-31" });
  const shown = made("span", { class: "macro-prepare__day" });
  const states = statesOf(words, heading, input);
  // The reader's own calendar may be another one than that of the field.
  input.addEventListener("input", () => {
    const day = dayOf(input.value);
    shown.textContent = day ? dayInWords(document.documentElement.lang, day) : "";
  });
  place.after(made("div", { class: "macro-prepare__answer" }, input, " ", shown, states.element));
  return {
    read(answers) {
      const day = dayOf(input.value);
      if (day) answers.days[heading] = day;
      states.read(answers);
    },
    clear() {
      input.value = "";
      shown.textContent = "";
      states.clear();
    },
  };
}

/** @param {HTMLElement} place @param {DOMStringMap} words @param {string} heading @returns {Question} */
function choiceQuestion(place, words, heading) {
  const isOne = place.dataset.kind === "one";
  const list = /** @type {HTMLElement} */ (place.nextElementSibling);
  list.classList.add("macro-prepare__choices");
  const group = made("div", { role: isOne ? "radiogroup" : "group", "aria-labelledby": heading });
  list.replaceWith(group);
  group.append(list);
  if (isOne) {
    list.append(made("li", { "data-state": "unknown" }, words.unknown || ""));
    list.append(made("li", { "data-state": "skip" }, words.skip || ""));
  }
  const boxes = [...list.children].map((item) => {
    const box = field(isOne ? "radio" : "checkbox", isOne ? { name: heading } : {});
    item.replaceChildren(labelled(box, ...item.childNodes));
    return { box, id: item.id, state: /** @type {HTMLElement} */ (item).dataset.state };
  });
  return {
    read(answers) {
      answers.picked[heading] = boxes.filter(({ box, id }) => box.checked && id).map(({ id }) => id);
      for (const { box, state } of boxes) {
        if (box.checked && (state === "unknown" || state === "skip")) answers.states[heading] = state;
      }
    },
    clear() {
      for (const { box } of boxes) box.checked = false;
    },
  };
}

/** A text for each ticked reason. @param {HTMLElement} place @param {DOMStringMap} words @returns {Question} */
function eachQuestion(place, words) {
  const hint = made("p", {}, words.choose || "");
  const answer = made("div", { class: "macro-prepare__answer" }, hint);
  place.after(answer);
  /** @type {Map<string, HTMLInputElement>} */
  const inputs = new Map();
  const grounds = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("li[id^=w-g-]")]);
  for (const item of grounds) {
    const input = field("area", {});
    const words = (item.textContent || "").trim();
    const marked = /** @type {HTMLElement} */ (item.closest("[lang]") || item);
    const label = made("label", { hidden: "", lang: marked.lang, dir: marked.dir || "auto" }, words, input);
    answer.append(label);
    inputs.set(item.id, input);
    item.addEventListener("change", () => {
      label.hidden = !(/** @type {HTMLInputElement} */ (item.querySelector("input")).checked);
      hint.hidden = [...inputs.values()].some((each) => !(/** @type {HTMLElement} */ (each.parentElement).hidden));
    });
  }
  return {
    read(answers) {
      for (const [id, input] of inputs) answers.facts[id] = input.value;
    },
    clear() {
      hint.hidden = false;
      for (const input of inputs.values()) {
        input.value = "";
        /** @type {HTMLElement} */ (input.parentElement).hidden = true;
      }
    },
  };
}

/** @param {HTMLElement} place @param {DOMStringMap} words @param {string} heading @returns {Question} */
function rowsQuestion(place, words, heading) {
  const list = made("ol", { class: "macro-prepare__papers", "aria-labelledby": heading });
  const add = made("button", { type: "button" }, words.add || "");
  place.after(made("div", { class: "macro-prepare__answer" }, list, add));
  const row = () => {
    const inputs = ["what", "language", "proves"].map((name) => {
      const input = field("text", { "data-part": name });
      return made("label", {}, words[name] || "", input);
    });
    const remove = made("button", { type: "button" }, words.remove || "");
    const item = made("li", {}, ...inputs, remove);
    remove.addEventListener("click", () => {
      const next = item.nextElementSibling || item.previousElementSibling;
      item.dispatchEvent(new Event("change", { bubbles: true }));
      item.remove();
      const near = /** @type {HTMLElement | null} */ (next && next.querySelector("input"));
      (near || add).focus();
    });
    list.append(item);
    return item;
  };
  add.addEventListener("click", () => {
    const first = row().querySelector("input");
    if (first) first.focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return {
    read(answers) {
      for (const item of list.children) {
        const [what, language, proves] = [...item.querySelectorAll("input")].map((input) => input.value.trim());
        if (what || language || proves) answers.papers.push({ what, language, proves });
      }
    },
    clear() {
      list.replaceChildren();
    },
  };
}

const KINDS = {
  line: textQuestion,
  lines: textQuestion,
  date: dateQuestion,
  one: choiceQuestion,
  many: choiceQuestion,
  each: eachQuestion,
  rows: rowsQuestion,
};

/**
 * Grow all fields.
 *
 * @param {DOMStringMap} words of the buttons
 * @returns {Fields}
 */
export function grow(words) {
  /** @type {Question[]} */
  const questions = [];
  let heading = "";
  const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("h3[id^=q-], .macro-prepare"));
  for (const place of places) {
    const make = KINDS[/** @type {keyof KINDS} */ (place.dataset.kind)];
    if (place.id) heading = place.id;
    else if (make) {
      place.classList.add("macro-prepare--paper");
      questions.push(make(place, words, heading));
    }
  }
  return {
    read() {
      /** @type {Answers} */
      const answers = { picked: {}, texts: {}, days: {}, states: {}, facts: {}, papers: [] };
      for (const question of questions) question.read(answers);
      return answers;
    },
    clear() {
      for (const question of questions) question.clear();
    },
  };
}
