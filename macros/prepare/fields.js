/** Grow fields where the paper has lines and boxes, and read what is in them. The page keeps it nowhere else. */

import { dayOf } from "./dates.js";
import { dayInWords } from "./result.js";

/**
 * @typedef {import("./model.js").Answers} Answers
 * @typedef {{ read: (answers: Answers) => void, clear: () => void }} Question
 * @typedef {{ [name: string]: string | boolean }} Properties
 */

const FORM = "prepare-form";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name what it is, for the style
 * @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function made(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = "macro-prepare__" + name;
  element.append(...inside);
  return element;
}

/** @param {string | undefined} text @param {() => void} act @returns {HTMLButtonElement} */
export function button(text, act) {
  const element = made("button", "button", text || "");
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** @param {string} kind @param {string} question the id of its label @returns {HTMLInputElement} a field that no browser keeps or checks */
function field(kind, question) {
  const isArea = kind === "lines";
  const isBox = kind === "radio" || kind === "checkbox";
  const input = /** @type {HTMLInputElement} */ (made(isArea ? "textarea" : "input", isBox ? "box" : "field"));
  if (!isArea) input.type = kind;
  if (!isBox) input.dir = "auto";
  for (const name of ["autocomplete", "autocapitalize", "autocorrect"]) input.setAttribute(name, "off");
  input.spellcheck = false;
  input.setAttribute("form", FORM);
  if (question) input.setAttribute("aria-labelledby", question);
  return input;
}

/** @param {HTMLInputElement} box @param {(Node | string)[]} words @returns {HTMLElement} */
function labelled(box, ...words) {
  return made("label", "label", box, made("span", "", ...words));
}

/** Words or a day, with "I do not know" and "Skip", which close the field. @param {HTMLElement} place @param {string} question @param {DOMStringMap} words @returns {Question} */
function writtenQuestion(place, question, words) {
  const kind = place.dataset.kind || "";
  const isDay = kind === "date";
  const input = field(kind === "line" ? "text" : kind, question);
  const why = place.previousElementSibling;
  if (why && why.tagName === "P") {
    why.id = question + "-why";
    input.setAttribute("aria-describedby", why.id);
  }
  if (isDay) {
    input.min = "1900-01-01";
    input.max = "2199-12-31";
  }
  const shown = made("span", "day");
  const boxes = [field("checkbox", ""), field("checkbox", "")];
  const [unknown, skip] = boxes;
  const states = made("div", "states", labelled(unknown, words.unknown || ""), labelled(skip, words.skip || ""));
  states.setAttribute("role", "group");
  states.setAttribute("aria-labelledby", question);
  place.after(made("div", "answer", input, shown, states));
  const settle = () => {
    input.disabled = unknown.checked || skip.checked;
    // The reader's own calendar may be another one than that of the field.
    const day = isDay && dayOf(input.value);
    shown.textContent = day ? dayInWords(document.documentElement.lang, day) : "";
  };
  input.addEventListener("input", settle);
  for (const box of boxes) {
    box.addEventListener("change", () => {
      for (const other of boxes) other.checked = other === box && box.checked;
      settle();
    });
  }
  return {
    read(answers) {
      const day = isDay && dayOf(input.value);
      if (day) answers.days[question] = day;
      if (!isDay) answers.texts[question] = input.value;
      if (input.disabled) answers.states[question] = unknown.checked ? "unknown" : "skip";
    },
    clear() {
      input.value = "";
      unknown.checked = skip.checked = false;
      settle();
    },
  };
}

/** The task list below becomes a group of boxes. @param {HTMLElement} place @param {string} question @param {DOMStringMap} words @returns {Question} */
function choiceQuestion(place, question, words) {
  const isOne = place.dataset.kind === "one";
  const list = /** @type {HTMLElement} */ (place.nextElementSibling);
  const group = made("div", "");
  list.classList.add("macro-prepare__choices");
  list.replaceWith(group);
  group.append(list);
  group.setAttribute("role", isOne ? "radiogroup" : "group");
  group.setAttribute("aria-labelledby", question);
  if (isOne) list.append(made("li", "state", words.unknown || ""), made("li", "state", words.skip || ""));
  const boxes = [...list.children].map((item) => {
    const box = field(isOne ? "radio" : "checkbox", "");
    if (isOne) box.name = question;
    item.replaceChildren(labelled(box, ...item.childNodes));
    return { box, id: item.id };
  });
  return {
    read(answers) {
      const ticked = boxes.filter(({ box }) => box.checked);
      answers.picked[question] = ticked.map(({ id }) => id).filter(Boolean);
      if (ticked.length && !ticked[0].id) answers.states[question] = ticked[0] === boxes.at(-1) ? "skip" : "unknown";
    },
    clear() {
      for (const { box } of boxes) box.checked = false;
    },
  };
}

/** Words for each ticked reason. @param {HTMLElement} place @param {string} question @param {DOMStringMap} words @returns {Question} */
function eachQuestion(place, question, words) {
  const hint = made("p", "", words.choose || "");
  const reasons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("li[id^=w-g-]")]).map((item) => {
    const input = field("lines", "");
    const label = made("label", "each", item.textContent || "", input);
    label.lang = item.lang;
    label.dir = item.dir;
    return { id: item.id, box: /** @type {HTMLInputElement} */ (item.querySelector("input")), input, label };
  });
  const settle = () => {
    for (const { box, label } of reasons) label.hidden = !box.checked;
    hint.hidden = reasons.some(({ box }) => box.checked);
  };
  addEventListener("change", settle);
  place.after(made("div", "answer", hint, ...reasons.map(({ label }) => label)));
  return {
    read(answers) {
      for (const { id, input } of reasons) answers.facts[id] = input.value;
    },
    clear() {
      for (const { input } of reasons) input.value = "";
      settle();
    },
  };
}

/** A list of papers that grows. @param {HTMLElement} place @param {string} question @param {DOMStringMap} words @returns {Question} */
function rowsQuestion(place, question, words) {
  const list = made("ol", "papers");
  list.setAttribute("aria-labelledby", question);
  const changed = () => list.dispatchEvent(new Event("change", { bubbles: true }));
  const add = button(words.add, () => {
    const inputs = ["what", "language", "proves"].map(() => field("text", ""));
    const labels = [words.what, words.language, words.proves].map((text, at) => made("label", "each", text || "", inputs[at]));
    const item = made("li", "", ...labels);
    item.append(
      button(words.remove, () => {
        item.remove();
        add.focus();
        changed();
      }),
    );
    list.append(item);
    inputs[0].focus();
    changed();
  });
  place.after(made("div", "answer", list, add));
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
  line: writtenQuestion,
  lines: writtenQuestion,
  date: writtenQuestion,
  one: choiceQuestion,
  many: choiceQuestion,
  each: eachQuestion,
  rows: rowsQuestion,
};

/**
 * Grow all fields.
 *
 * @param {DOMStringMap} words of the buttons
 * @returns {{ read: () => Answers, clear: () => void }}
 */
export function grow(words) {
  // Chromium asks a server of its maker what fields are for, unless their form is a search. This form is never sent.
  const form = made("form", "");
  form.id = FORM;
  form.action = "/search";
  document.body.append(form);
  /** @type {Question[]} */
  const questions = [];
  let question = "";
  const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("h3[id^=q-], .macro-prepare"));
  for (const place of places) {
    const grown = KINDS[/** @type {keyof KINDS} */ (place.dataset.kind)];
    if (place.id) question = place.id;
    else if (grown) {
      questions.push(grown(place, question, words));
      place.classList.add("macro-prepare--paper");
    }
  }
  return {
    read() {
      /** @type {Answers} */
      const answers = { picked: {}, texts: {}, days: {}, states: {}, facts: {}, papers: [] };
      for (const each of questions) each.read(answers);
      return answers;
    },
    clear() {
      for (const each of questions) each.clear();
    },
  };
}
