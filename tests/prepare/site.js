/** The words and values of this site, as the build gives them to the script of the page. */

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

import { dayOf } from "../../macros/prepare/dates.js";
import { directionOf } from "../../macros/prepare/result.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const guide = readFileSync(root + "guides/prepare.md", "utf8");

/** What `values` in prepare.py picks from data/. */
export const values = JSON.parse(
  execFileSync(
    root + ".venv/bin/python",
    [
      "-c",
      "import json, runpy; from pathlib import Path; from generator import values;" +
        "run = runpy.run_path('macros/prepare/prepare.py'); print(json.dumps(run['values'](values.load(Path('data')))))",
    ],
    { cwd: root, encoding: "utf8" },
  ),
);

/** Each anchor of the guide with its words: items of lists and headings. */
export const words = new Map(
  [
    ...guide.matchAll(/^- (?:\[ \] )?(.*)\n  \{ #([\w-]+) \}$/gm),
    ...guide.matchAll(/^### (.*) \{ #(q-[\w-]+) \}$/gm),
  ].map(([, text, key]) => [key, text]),
);

/** The anchors of the choices. */
export const choices = new Set([...guide.matchAll(/^- \[ \] .*\n  \{ #([\w-]+) \}$/gm)].map(([, key]) => key));

/** The questions of the guide, with what each answer is. */
export const questions = new Map(
  guide
    .split(/^### .* \{ #/m)
    .slice(1)
    .map((part) => [/^(q-[\w-]+) \}/.exec(part), /\{\{ prepare\("(\w+)"\) \}\}/.exec(part)])
    .map(([question, kind]) => [question?.[1], kind?.[1]]),
);

/** Each rule or reason that grounds.yml has, and the fields of its entry. */
export const grounds = parse(readFileSync(root + "data/grounds.yml", "utf8"));

/** @param {string} lang @param {(text: string) => string} said */
export function speaker(lang, said = (text) => text) {
  const dir = directionOf(lang);
  return {
    lang,
    dir,
    say: (/** @type {string} */ key) => (words.has(key) ? { text: said(words.get(key) || ""), lang, dir } : null),
  };
}

/** An official language whose words are marked, instead of translated. @param {string} lang */
export function official(lang) {
  const one = speaker(lang, (text) => `${lang}:${text}`);
  return { ...one, say: (/** @type {string} */ key) => (key.startsWith("w-") ? one.say(key) : null) };
}

/** @param {any} given what a case types: a text, or a part of it and how many times */
const typed = (given) => (typeof given === "object" ? given.repeat.repeat(given.times) : String(given));

/** @param {{ [key: string]: any }} [given] @param {(value: any) => any} read */
const each = (given, read) => Object.fromEntries(Object.entries(given || {}).map(([key, value]) => [key, read(value)]));

/** @param {any} given the answers as a case writes them */
export function answersOf(given) {
  return {
    picked: each(given.picked, (value) => [value].flat()),
    texts: each(given.texts, typed),
    days: each(given.days, (value) => dayOf(value)),
    states: given.states || {},
    facts: each(given.facts, typed),
    papers: (given.papers || []).map((/** @type {any} */ paper) => ({ what: "", language: "", proves: "", ...each(paper, typed) })),
  };
}

/** All cases, each with the name of its file. @returns {any[]} */
export function cases() {
  const folder = root + "tests/cases/prepare/";
  return readdirSync(folder).flatMap((file) =>
    parse(readFileSync(folder + file, "utf8")).map((/** @type {any} */ one) => ({ file, ...one })),
  );
}
