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
 * @property {Record<string, string[][]>} articles source, article, and "red" if only for Red Notices
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

/** @param {Answers} answers @param {string} question @returns {string[]} */
function pickedIn(answers, question) {
  return answers.states[question] ? [] : answers.picked[question] || [];
}

/** @param {Answers} answers @param {string} question @returns {string} */
function textIn(answers, question) {
  return answers.states[question] ? "" : (answers.texts[question] || "").trim();
}

/**
 * A line for a question that is answered in words.
 *
 * @param {Answers} answers
 * @param {string} question
 * @param {boolean} isNeeded whether to say that it is still to be written
 * @returns {Row[]}
 */
function written(answers, question, isNeeded = true) {
  const label = ["w-" + question.slice(2)];
  const typed = textIn(answers, question);
  if (typed) return [{ label, typed }];
  if (answers.states[question] === "unknown") return [{ label, value: [["w-unknown"]] }];
  return isNeeded && !answers.states[question] ? [{ label, value: [["r-todo"]] }] : [];
}

/** @param {Answers} answers @param {string} question @param {string} label @returns {Row[]} */
function chosen(answers, question, label) {
  const value = pickedIn(answers, question).map((choice) => [choice]);
  if (value.length) return [{ label: [label], value }];
  return answers.states[question] === "unknown" ? [{ label: [label], value: [["w-unknown"]] }] : [];
}

/** @param {Answers} answers */
function situation(answers) {
  const request = pickedIn(answers, "q-request")[0] || "";
  return {
    request,
    asksForChange: request === "w-deletion" || request === "w-correction" || !request,
    isRevision: request === "w-revision",
    isUrgent: pickedIn(answers, "q-urgent").length > 0,
    who: pickedIn(answers, "q-who")[0] || "",
    kind: pickedIn(answers, "q-kind")[0] || "",
    grounds: pickedIn(answers, "q-grounds"),
    marks: pickedIn(answers, "q-mark"),
  };
}

/** @param {Answers} answers @returns {[string, string[]][]} each paper that the request needs, and what follows if it is missing */
function neededPapers(answers) {
  const { asksForChange, isRevision, isUrgent, who, kind, grounds } = situation(answers);
  const protection = pickedIn(answers, "q-protection")[0] || "";
  const isProtected = protection === "w-refugee" || protection === "w-protected" || grounds.includes("w-g-refugee");
  /** @type {[string, string[], boolean][]} */
  const all = [
    ["doc-id", ["r-if-refused", "r-if-lawyer"], true],
    ["doc-signed", ["r-if-refused"], true],
    ["doc-power", ["r-if-refused"], who === "w-authorised"],
    ["doc-child", ["r-if-refused"], who === "w-child"],
    ["doc-company", ["r-if-refused"], who === "w-company"],
    ["doc-reasons", ["r-if-refused"], asksForChange],
    ["doc-named", ["r-if-point"], asksForChange || isRevision],
    ["doc-protection", ["r-if-point", "r-if-lawyer"], isProtected],
    ["doc-danger", ["r-if-point"], isUrgent],
    ["doc-new-fact", ["r-if-refused"], isRevision],
    ["doc-passport", ["r-if-lawyer"], kind === "w-passport"],
  ];
  return all.filter(([, , isNeeded]) => isNeeded).map(([paper, follows]) => [paper, follows]);
}

/** @param {Answers} answers @returns {Row[]} */
function checklist(answers) {
  const ready = pickedIn(answers, "q-have");
  return neededPapers(answers).map(([paper, follows]) =>
    ready.includes(paper)
      ? { label: [paper], value: [["r-ready"]] }
      : { label: [paper], value: [["r-missing"]], notes: follows.map((follow) => [follow]) },
  );
}

/** @param {Answers} answers @param {Values} values @returns {Row[]} */
function reasons(answers, values) {
  const { grounds, kind, asksForChange } = situation(answers);
  if (!grounds.length) return asksForChange ? [{ label: ["w-reasons"], value: [["r-todo"]] }] : [];
  return grounds.map((ground) => {
    const rules = values.articles[ground.slice("w-g-".length)] || [];
    // A rule for Red Notices does not bind a diffusion, and a reader who relies on it has to know.
    const isOnlyRed = kind === "w-diffusion" && rules.length > 0 && rules.every(([, , only]) => only === "red");
    const typed = (answers.facts[ground] || "").trim();
    return {
      label: [ground],
      value: [...rules.map(([source, article]) => rule(source, article)), ...(typed ? [] : [["r-todo"]])],
      ...(typed ? { typed } : {}),
      ...(isOnlyRed ? { notes: [["r-red-only"]] } : {}),
    };
  });
}

/** @param {string} source @param {string} article @returns {Part[]} */
function rule(source, article) {
  if (!article) return ["w-" + source];
  return /^\d/.test(article) ? ["w-" + source, "w-article", { article }] : ["w-" + source, { article }];
}

/** @param {Answers} answers @returns {{ typed?: string }} from which country the marked items are to be kept */
function forWhom(answers) {
  const typed = textIn(answers, "q-country");
  return typed ? { typed } : {};
}

/** @param {Answers} answers @param {Values} values @returns {Row[]} */
function summary(answers, values) {
  const { request, isRevision, isUrgent, who, marks, asksForChange } = situation(answers);
  const isByAnother = who !== "" && who !== "w-myself";
  return [
    ...written(answers, "q-names"),
    ...written(answers, "q-birth"),
    ...written(answers, "q-nationality"),
    ...chosen(answers, "q-protection", "w-protection"),
    ...chosen(answers, "q-who", "w-who"),
    ...written(answers, "q-representative", isByAnother),
    ...written(answers, "q-country"),
    ...chosen(answers, "q-kind", "w-kind"),
    ...written(answers, "q-known"),
    ...written(answers, "q-events", asksForChange),
    ...written(answers, "q-wrong", request === "w-correction"),
    ...written(answers, "q-new-fact", isRevision),
    ...reasons(answers, values),
    ...(request ? chosen(answers, "q-request", "w-asked") : [{ label: ["w-asked"], value: [["r-todo"]] }]),
    ...chosen(answers, "q-urgent", "w-urgent"),
    ...written(answers, "q-danger", isUrgent),
    ...(marks.length ? [{ label: ["w-confidential"], value: marks.map((mark) => [mark]), ...forWhom(answers) }] : []),
    ...written(answers, "q-why", marks.length > 0),
    ...written(answers, "q-open", asksForChange),
  ];
}

/**
 * How long the request is, and the reported limit for its kind.
 *
 * @param {Answers} answers
 * @param {Values} values
 * @returns {{ words: number, pages: number, limit: number, papers: number, paperLimit: number }} a limit is 0 if none is reported
 */
export function lengthOf(answers, values) {
  const { asksForChange, isRevision, grounds } = situation(answers);
  // The limit for a revision is one for the summary of the new fact alone.
  const questions = isRevision ? ["q-new-fact"] : Object.keys(answers.texts);
  const texts = questions.map((question) => textIn(answers, question));
  const facts = grounds.map((ground) => answers.facts[ground] || "");
  const words = [...texts, ...facts].reduce((sum, text) => sum + countWords(text), 0);
  return {
    words,
    pages: countPages(words),
    limit: isRevision ? values.limits.revision : asksForChange ? values.limits.pages : 0,
    papers: answers.papers.length,
    paperLimit: asksForChange ? values.limits.papers : 0,
  };
}

/** @param {Answers} answers @param {Values} values @returns {Row[]} */
function lengthRows(answers, values) {
  const { words, pages, limit } = lengthOf(answers, values);
  /** @type {Row[]} */
  const rows = [
    { label: ["r-words"], value: [[{ number: words }]] },
    { label: ["r-pages"], value: [[{ number: pages }]] },
  ];
  if (limit) {
    rows.push({
      label: ["r-limit-pages"],
      value: [[{ number: limit }]],
      notes: pages > limit ? [["r-over"], ["r-reported"]] : [["r-reported"]],
    });
  }
  return rows;
}

/** @param {Answers} answers @param {Values} values @returns {Row[]} */
function annexes(answers, values) {
  const { papers, paperLimit } = lengthOf(answers, values);
  /** @type {Row[]} */
  const rows = answers.papers.flatMap(({ what, language, proves }, index) => [
    { label: ["w-annex", { number: index + 1 }], typed: what },
    ...(language ? [{ label: ["w-language"], typed: language }] : []),
    ...(proves ? [{ label: ["w-proves"], typed: proves }] : []),
  ]);
  if (!papers) rows.push({ label: ["w-annexes"], value: [["r-todo"]] });
  if (paperLimit) {
    rows.push({
      label: ["r-limit-papers"],
      value: [[{ number: paperLimit }]],
      notes: papers > paperLimit ? [["r-over"], ["r-reported"]] : [["r-reported"]],
    });
  }
  return rows;
}

/**
 * A time limit with its start, its last day and its rule.
 *
 * @param {Answers} answers
 * @param {Values} values
 * @param {string} key the time limit
 * @param {string} question which day it starts on
 * @param {Day} today
 * @param {string} late what can still be done when it has passed
 * @returns {Row[]}
 */
function counted(answers, values, key, question, today, late) {
  const limit = values.deadlines[key];
  const start = answers.states[question] ? undefined : answers.days[question];
  const length = { length: limit.length, unit: limit.unit };
  const from = [length, "w-start-" + limit.start];
  const label = ["w-d-" + key];
  if (!start) {
    return answers.states[question] === "unknown"
      ? [{ label, value: [from, ["w-unknown"], rule(limit.source, limit.article)] }]
      : [];
  }
  const end = limit.unit === "month" ? addMonths(start, limit.length) : addDays(start, limit.length);
  return [
    {
      label,
      value: [[...from, { day: start }], ["w-until", { day: end }], rule(limit.source, limit.article)],
      ...(compareDays(end, today) < 0 ? { notes: [["r-passed", late]] } : {}),
    },
  ];
}

/** @param {Answers} answers @param {string} question @param {Day} today @returns {Row[]} a day that the CCF has set */
function fixed(answers, question, today) {
  const day = answers.states[question] ? undefined : answers.days[question];
  const label = ["w-d-" + question.slice(2)];
  if (!day) return answers.states[question] === "unknown" ? [{ label, value: [["w-start-set"], ["w-unknown"]] }] : [];
  return [
    {
      label,
      value: [["w-start-set"], ["w-until", { day }]],
      ...(compareDays(day, today) < 0 ? { notes: [["r-passed", "r-late-send"]] } : {}),
    },
  ];
}

/** @param {Answers} answers @param {Values} values @param {Day} today @returns {Row[]} */
function ownDates(answers, values, today) {
  return [
    ...fixed(answers, "q-answer", today),
    ...fixed(answers, "q-papers", today),
    ...counted(answers, values, "revision", "q-discovered", today, "r-late-revision"),
  ];
}

/** @param {Answers} answers @param {Values} values @param {Day} today @returns {Row[]} */
function ccfDates(answers, values, today) {
  const { request, asksForChange } = situation(answers);
  const late = "r-late-ccf";
  const isAccess = request === "w-access" || request === "w-revision" || !request;
  const isChange = asksForChange || request === "w-revision";
  return [
    ...counted(answers, values, "admissibility", "q-received", today, late),
    ...(isAccess ? counted(answers, values, "access-decision", "q-admissible", today, late) : []),
    ...(isChange ? counted(answers, values, "deletion-decision", "q-admissible", today, late) : []),
    ...(isChange ? counted(answers, values, "decision-to-secretariat", "q-decided", today, late) : []),
    ...(isAccess ? counted(answers, values, "access-notice", "q-decided", today, late) : []),
  ];
}

/** @param {Answers} answers @returns {Row[]} */
function confidential(answers) {
  const { marks } = situation(answers);
  if (!marks.length) return [{ label: ["r-nothing"] }];
  const isAll = marks.includes("w-m-all");
  return [
    {
      label: ["w-confidential"],
      value: marks.map((mark) => [mark]),
      ...forWhom(answers),
      notes: isAll ? [["r-cost"], ["r-cost-all"]] : [["r-cost"]],
    },
  ];
}

/** @param {Answers} answers @param {Row[]} own @returns {Row[]} */
function forLawyer(answers, own) {
  const signs = pickedIn(answers, "q-signs");
  const unknown = Object.keys(answers.states).filter((question) => answers.states[question] === "unknown");
  const missing = checklist(answers).filter(({ notes }) => notes).map(({ label }) => label);
  /** @type {Row[]} */
  const rows = [
    ...(signs.length ? [{ label: ["r-dangers"], value: signs.map((sign) => [sign]) }] : []),
    ...chosen(answers, "q-request", "w-asked"),
    ...chosen(answers, "q-urgent", "w-urgent"),
    ...chosen(answers, "q-grounds", "w-reasons"),
    ...own,
    ...(missing.length ? [{ label: ["r-missing"], value: missing }] : []),
    { label: ["r-questions"], value: [...unknown, "r-ask-told", "r-ask-better", "r-ask-weak"].map((words) => [words]) },
  ];
  return rows;
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
  const own = ownDates(answers, values, today);
  const ccf = ccfDates(answers, values, today);
  /** @type {Row} */
  const counting = { label: ["r-counting"] };
  /** @type {Row} */
  const none = { label: ["r-no-dates"] };
  const sections = [
    { title: "r-checklist", rows: checklist(answers) },
    { title: "w-summary", rows: [...summary(answers, values), ...lengthRows(answers, values)] },
    { title: "w-annexes", rows: annexes(answers, values) },
    { title: "w-own", rows: own.length ? [...own, counting] : [none] },
    { title: "w-ccf", rows: ccf.length ? [...ccf, counting] : [none] },
    { title: "r-private", rows: confidential(answers) },
    { title: "r-lawyer", rows: forLawyer(answers, own) },
  ];
  const typed = pickedIn(answers, "q-typed")[0];
  return { sections, signs: pickedIn(answers, "q-signs"), isForeign: typed ? typed === "typed-other" : null };
}
