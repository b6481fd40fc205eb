/** What the result says, as plain data: no page, no language, no clock. */

import { addDays, addMonths, compareDays } from "./dates.js";
import { countPages, countWords } from "./count.js";

/**
 * @typedef {import("./dates.js").Day} Day
 *
 * What the reader answered, by the id of the question.
 * @typedef {object} Answers
 * @property {Record<string, string[]>} picked the ids of the ticked choices
 * @property {Record<string, string>} texts
 * @property {Record<string, Day>} days
 * @property {Record<string, "unknown" | "skip">} states
 * @property {Record<string, string>} facts what is written for each ticked reason, by its id
 * @property {{ what: string, language: string, proves: string }[]} papers
 *
 * What comes from data/.
 * @typedef {object} Values
 * @property {Record<string, { length: number, unit: string, start: string, source: string, article: string }>} deadlines
 * @property {Record<string, number>} limits
 * @property {Record<string, string[][]>} articles source, article, and the only kind of data that it is for, if there is one: "red" or "diffusion"
 *
 * A piece of a sentence. A string is the id of words: those with w- exist in the official languages too.
 * @typedef {string | { day: Day } | { number: number } | { length: number, unit: string } | { article: string }} Part
 *
 * A line of the result. `typed` is what the reader wrote. `notes` are for the reader only.
 * @typedef {object} Row
 * @property {Part[]} label
 * @property {Part[][]} [value]
 * @property {string} [typed]
 * @property {Part[][]} [notes]
 *
 * @typedef {{ title: string, rows: Row[] }} Section
 * @typedef {{ sections: Section[], signs: string[], isForeign: boolean | null }} Result isForeign: null if not answered
 */

/**
 * What the parts of the result ask about the answers. A question that is not known or skipped has no answer.
 *
 * @param {Answers} answers
 */
function caseOf({ picked, texts, days, states, facts, papers }) {
  /** @param {string} question @returns {string[]} */
  const all = (question) => (states[question] ? [] : picked[question] || []);
  /** @param {string} question @returns {string} */
  const one = (question) => all(question)[0] || "";
  const request = one("q-request");
  return {
    all,
    one,
    /** @param {string} question @returns {string} */
    text: (question) => (states[question] ? "" : (texts[question] || "").trim()),
    /** @param {string} question @returns {Day | undefined} */
    day: (question) => (states[question] ? undefined : days[question]),
    /** @param {string} reason @returns {string} */
    fact: (reason) => (facts[reason] || "").trim(),
    /** @param {string} question @returns {boolean} */
    isOpen: (question) => !states[question],
    /** @param {string} question @returns {boolean} */
    isUnknown: (question) => states[question] === "unknown",
    texts: Object.keys(texts),
    unknown: Object.keys(states).filter((question) => states[question] === "unknown"),
    papers,
    request,
    reasons: all("q-grounds"),
    marks: all("q-mark"),
    who: one("q-who"),
    isUrgent: all("q-urgent").length > 0,
    isRevision: request === "w-revision",
    // Who has not chosen yet may need the most.
    isChange: !request || request === "w-deletion" || request === "w-correction",
  };
}

/** @typedef {ReturnType<typeof caseOf>} Case */

/** Words with a line of their own. @param {Case} it @param {string} question @param {boolean} isNeeded @returns {Row[]} */
function written(it, question, isNeeded = true) {
  const label = ["w-" + question.slice(2)];
  const typed = it.text(question);
  if (typed) return [{ label, typed }];
  if (it.isUnknown(question)) return [{ label, value: [["w-unknown"]] }];
  return isNeeded && it.isOpen(question) ? [{ label, value: [["r-todo"]] }] : [];
}

/** @param {Case} it @param {string} question @param {string} label @returns {Row[]} */
function chosen(it, question, label) {
  const value = it.isUnknown(question) ? [["w-unknown"]] : it.all(question).map((choice) => [choice]);
  return value.length ? [{ label: [label], value }] : [];
}

/** @param {string} source @param {string} article @returns {Part[]} */
function rule(source, article) {
  const named = /^\d/.test(article) ? ["w-article"] : [];
  return ["w-" + source, ...named, ...(article ? [{ article }] : [])];
}

// ── 1. papers ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The papers that the request needs, and what follows if one is missing. @param {Case} it @returns {Row[]} */
function checklist(it) {
  const protection = it.one("q-protection");
  const isProtected = protection === "w-refugee" || protection === "w-protected" || it.reasons.includes("w-g-refugee");
  /** @type {[string, boolean, ...string[]][]} */
  const papers = [
    ["doc-id", true, "r-if-refused", "r-if-lawyer"],
    ["doc-signed", true, "r-if-refused"],
    ["doc-power", it.who === "w-authorised", "r-if-refused"],
    ["doc-child", it.who === "w-child", "r-if-refused"],
    ["doc-company", it.who === "w-company", "r-if-refused"],
    ["doc-reasons", it.isChange, "r-if-refused"],
    ["doc-named", it.isChange || it.isRevision, "r-if-point"],
    ["doc-protection", isProtected, "r-if-point", "r-if-lawyer"],
    ["doc-danger", it.isUrgent, "r-if-point"],
    ["doc-new-fact", it.isRevision, "r-if-refused"],
    ["doc-passport", it.one("q-kind") === "w-passport", "r-if-lawyer"],
  ];
  return papers
    .filter(([, isNeeded]) => isNeeded)
    .map(([paper, , ...follows]) =>
      it.all("q-have").includes(paper)
        ? { label: [paper], value: [["r-ready"]] }
        : { label: [paper], value: [["r-missing"]], notes: follows.map((follow) => [follow]) },
    );
}

// ── 2. the request ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {Case} it @param {Values} values @returns {Row[]} */
function reasonRows(it, values) {
  if (!it.reasons.length) return it.isChange ? [{ label: ["w-reasons"], value: [["r-todo"]] }] : [];
  const kind = it.one("q-kind");
  return it.reasons.map((reason) => {
    const all = values.articles[reason.slice("w-g-".length)] || [];
    const typed = it.fact(reason);
    const fitting = kind ? all.filter(([, , only]) => !only || "w-" + only === kind) : all;
    // A rule for Red Notices does not bind other data, and who relies on it has to know.
    const isRedOnly = all.length > 0 && !fitting.length;
    const rules = isRedOnly ? all : fitting;
    return {
      label: [reason],
      value: [...rules.map(([source, article]) => rule(source, article)), ...(typed ? [] : [["r-todo"]])],
      typed,
      notes: isRedOnly ? [["r-red-only"]] : [],
    };
  });
}

/** What is to stay private, and from whom. @param {Case} it @param {Part[][]} notes @returns {Row[]} */
function marked(it, notes = []) {
  const value = it.marks.map((mark) => [mark]);
  return value.length ? [{ label: ["w-confidential"], value, typed: it.text("q-country"), notes }] : [];
}

/** In the order in which the CCF reads. @param {Case} it @param {Values} values @returns {Row[]} */
function summary(it, values) {
  return [
    // What is asked, and how urgent it is, belongs into the first lines.
    ...(it.request ? chosen(it, "q-request", "w-asked") : [{ label: ["w-asked"], value: [["r-todo"]] }]),
    ...chosen(it, "q-urgent", "w-urgent"),
    ...written(it, "q-danger", it.isUrgent),
    ...written(it, "q-names"),
    ...written(it, "q-birth"),
    ...written(it, "q-nationality"),
    ...(it.one("q-protection") === "w-no-protection" ? [] : chosen(it, "q-protection", "w-protection")),
    ...chosen(it, "q-who", "w-who"),
    ...written(it, "q-representative", it.who !== "" && it.who !== "w-myself"),
    ...written(it, "q-country"),
    ...chosen(it, "q-kind", "w-kind"),
    ...written(it, "q-known"),
    ...written(it, "q-events", it.isChange),
    ...written(it, "q-wrong", it.request === "w-correction"),
    ...written(it, "q-new-fact", it.isRevision),
    ...reasonRows(it, values),
    ...marked(it),
    ...written(it, "q-why", it.marks.length > 0),
    ...written(it, "q-open", it.isChange),
    { label: ["w-signature"] },
  ];
}

/** @param {string} label @param {number} limit 0 if none is reported @param {number} count @returns {Row[]} */
function limitRows(label, limit, count) {
  const notes = count > limit ? [["r-over"], ["r-reported"]] : [["r-reported"]];
  return limit ? [{ label: [label], value: [[{ number: limit }]], notes }] : [];
}

/**
 * How long the request is, and the reported limit for its kind, which is 0 if none is reported.
 *
 * @param {Answers} answers
 * @param {Values} values
 */
export function lengthOf(answers, values) {
  const it = caseOf(answers);
  // The limit for a revision is one for the summary of the new fact alone.
  const texts = (it.isRevision ? ["q-new-fact"] : it.texts).map(it.text);
  const words = [...texts, ...it.reasons.map(it.fact)].reduce((sum, text) => sum + countWords(text), 0);
  const { pages, revision } = values.limits;
  return { words, pages: countPages(words), limit: it.isRevision ? revision : it.isChange ? pages : 0 };
}

/** @param {Answers} answers @param {Values} values @returns {Row[]} */
function lengthRows(answers, values) {
  const { words, pages, limit } = lengthOf(answers, values);
  return [
    { label: ["r-words"], value: [[{ number: words }]] },
    { label: ["r-pages"], value: [[{ number: pages }]] },
    ...limitRows("r-limit-pages", limit, pages),
  ];
}

// ── 3. the list of papers ────────────────────────────────────────────────────────────────────────────────────────────

/** @param {Case} it @param {Values} values @returns {Row[]} */
function annexes(it, values) {
  /** @type {Row[]} */
  const rows = it.papers.flatMap(({ what, language, proves }, index) => [
    { label: ["w-annex", { number: index + 1 }], typed: what },
    ...(language ? [{ label: ["w-language"], typed: language }] : []),
    ...(proves ? [{ label: ["w-proves"], typed: proves }] : []),
  ]);
  const none = { label: ["w-annexes"], value: [["r-todo"]] };
  const limit = it.isChange ? values.limits.papers : 0;
  return [...(rows.length ? rows : [none]), ...limitRows("r-limit-papers", limit, it.papers.length)];
}

// ── 4. dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * @param {Part[]} label
 * @param {Part[][]} before what the day follows from
 * @param {Day | null} end null if it is not known
 * @param {Part[][]} after
 * @param {Day} today
 * @param {string} late what can still be done when it has passed
 * @returns {Row}
 */
function dateRow(label, before, end, after, today, late) {
  const isPast = end !== null && compareDays(end, today) < 0;
  const until = end ? ["w-until", { day: end }] : ["w-unknown"];
  return { label, value: [...before, until, ...after], notes: isPast ? [["r-passed", late]] : [] };
}

/** A day that the CCF has set. @param {Case} it @param {string} question @param {Day} today @returns {Row[]} */
function fixed(it, question, today) {
  const day = it.day(question) || null;
  if (!day && !it.isUnknown(question)) return [];
  return [dateRow(["w-d-" + question.slice(2)], [["w-start-set"]], day, [], today, "r-late-send")];
}

/**
 * A time limit with its start, its last day and its rule.
 *
 * @param {Case} it
 * @param {Values} values
 * @param {string} key the time limit
 * @param {string} question the day on which it starts
 * @param {Day} today
 * @param {string} late
 * @returns {Row[]}
 */
function counted(it, values, key, question, today, late) {
  const { length, unit, start, source, article } = values.deadlines[key];
  const day = it.day(question);
  if (!day && !it.isUnknown(question)) return [];
  const end = day ? (unit === "month" ? addMonths : addDays)(day, length) : null;
  const before = [{ length, unit }, "w-start-" + start, ...(day ? [{ day }] : [])];
  return [dateRow(["w-d-" + key], [before], end, [rule(source, article)], today, late)];
}

/** @param {Case} it @param {Values} values @param {Day} today @returns {Row[]} */
function ownDates(it, values, today) {
  return [
    ...fixed(it, "q-answer", today),
    ...fixed(it, "q-papers", today),
    ...counted(it, values, "revision", "q-discovered", today, "r-late-revision"),
  ];
}

/** @param {Case} it @param {Values} values @param {Day} today @returns {Row[]} */
function ccfDates(it, values, today) {
  /** @param {boolean} isAsked @param {string} key @param {string} question @returns {Row[]} */
  const rows = (isAsked, key, question) => (isAsked ? counted(it, values, key, question, today, "r-late-ccf") : []);
  const isAccess = it.request !== "w-deletion" && it.request !== "w-correction";
  const isChange = it.isChange || it.isRevision;
  return [
    ...rows(true, "admissibility", "q-received"),
    ...rows(isAccess, "access-decision", "q-admissible"),
    ...rows(isChange, "deletion-decision", "q-admissible"),
    ...rows(isChange, "decision-to-secretariat", "q-decided"),
    ...rows(isAccess, "access-notice", "q-decided"),
  ];
}

// ── 6. for the lawyer, and all of it ─────────────────────────────────────────────────────────────────────────────────

/** @param {Case} it @param {Row[]} own @returns {Row[]} */
function forLawyer(it, own) {
  const missing = checklist(it).filter(({ notes }) => notes).map(({ label }) => label);
  const questions = [...it.unknown, "r-ask-told", "r-ask-better", "r-ask-weak"];
  return [
    ...chosen(it, "q-signs", "r-dangers"),
    ...chosen(it, "q-request", "w-asked"),
    ...chosen(it, "q-urgent", "w-urgent"),
    ...chosen(it, "q-grounds", "w-reasons"),
    ...own,
    ...(missing.length ? [{ label: ["r-missing"], value: missing }] : []),
    { label: ["r-questions"], value: questions.map((words) => [words]) },
  ];
}

/**
 * Make the result.
 *
 * @param {Answers} answers
 * @param {Values} values
 * @param {Day} today
 * @returns {Result}
 */
export function resultOf(answers, values, today) {
  const it = caseOf(answers);
  const own = ownDates(it, values, today);
  /** @param {Row[]} rows @returns {Row[]} */
  const dated = (rows) => (rows.length ? [...rows, { label: ["r-counting"] }] : [{ label: ["r-nothing"] }]);
  const cost = it.marks.includes("w-m-all") ? [["r-cost"], ["r-cost-all"]] : [["r-cost"]];
  const sections = [
    { title: "r-checklist", rows: checklist(it) },
    { title: "w-summary", rows: [...summary(it, values), ...lengthRows(answers, values)] },
    { title: "w-annexes", rows: annexes(it, values) },
    { title: "w-own", rows: dated(own) },
    { title: "w-ccf", rows: dated(ccfDates(it, values, today)) },
    { title: "r-private", rows: it.marks.length ? marked(it, cost) : [{ label: ["r-nothing"] }] },
    { title: "r-lawyer", rows: forLawyer(it, own) },
  ];
  const typed = it.one("q-typed");
  return { sections, signs: it.all("q-signs"), isForeign: typed ? typed === "typed-other" : null };
}
