import assert from "node:assert/strict";
import { test } from "node:test";

import { countPages } from "../../macros/prepare/count.js";
import { dayOf } from "../../macros/prepare/dates.js";
import { resultOf } from "../../macros/prepare/model.js";
import { plainIn, resultIn } from "../../macros/prepare/result.js";
import { answersOf, cases, choices, grounds, guide, official, questions, speaker, values, words } from "./site.js";

const TAGS = new Set(["section", "h3", "div", "p", "b", "ul", "li", "span", "bdi"]);
const TODAY = "2026-11-27";

const everything = (node) => (typeof node === "string" ? [] : [node, ...node.inside.flatMap(everything)]);
const oneLine = (text) => text.replace(/\s+/g, " ");

/** What is typed anywhere in the answers, as the result shows it. */
const typedIn = ({ texts, facts, papers }) => [
  ...Object.values(texts).map((text) => text.trim()),
  ...Object.values(facts).map((text) => text.trim()),
  ...papers.flatMap(Object.values),
];

const all = cases();

test("there are at least 40 cases, each with its own name", () => {
  assert.ok(all.length >= 40);
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

for (const one of all) {
  test(`${one.file}: ${one.name}`, () => {
    const answers = answersOf(one.answers);
    for (const question of [...Object.keys(answers.picked), ...Object.keys(answers.texts), ...Object.keys(answers.days)]) {
      assert.ok(questions.has(question), `the guide has no question ${question}`);
    }
    for (const choice of Object.values(answers.picked).flat()) assert.ok(words.has(choice), `the guide has no ${choice}`);
    const reader = speaker(one.reader || "en");
    const chosen = (answers.picked["q-official"] || []).join().replace("official-", "");
    const speakers = chosen && chosen !== reader.lang ? [reader, official(chosen)] : [reader];
    const start = performance.now();
    const result = resultOf(answers, values, dayOf(one.today || TODAY));
    const sections = resultIn(result, speakers);
    const text = sections.map(plainIn).join("\n");
    assert.ok(performance.now() - start < 2000, "it takes too long");

    assert.equal(sections.length, 7);
    for (const part of one.says || []) assert.ok(oneLine(text).includes(part), `missing: ${part}\n${oneLine(text).slice(0, 6000)}`);
    for (const part of one.never || []) assert.ok(!oneLine(text).includes(part), `there: ${part}`);
    assert.deepEqual(result.signs, one.signs || []);
    for (const [title, lines] of Object.entries(one.sections || {})) {
      const at = result.sections.findIndex((section) => section.title === title);
      const labels = result.sections[at].rows.map(({ label }) => label[0]);
      assert.deepEqual(labels, lines);
    }
    const nodes = sections.flatMap(everything);
    const known = new Set(typedIn(answers));
    for (const node of nodes) {
      assert.ok(TAGS.has(node.tag), `an element ${node.tag}`);
      if (node.name === "typed") {
        assert.deepEqual([node.inside.length, node.inside[0].tag, node.inside[0].dir], [1, "bdi", "auto"]);
        assert.ok(known.has(node.inside[0].inside[0]), "what is typed is changed");
      }
      if (node.name === "said") assert.ok(node.lang && node.dir && node.inside.length);
    }
  });
}

test("each word that the result can say is in the guide, and each word of the guide can be said", async () => {
  const { readFile } = await import("node:fs/promises");
  const source = await Promise.all(
    ["model.js", "result.js", "start.js"].map((file) =>
      readFile(new URL(`../../macros/prepare/${file}`, import.meta.url), "utf8"),
    ),
  );
  const said = new Set(source.join("").match(/(?<=")(?:w|r|doc|q)-[a-zA-Z\d-]*[a-zA-Z\d](?=")/g));
  const made = (key) => /^w-(start-|d-|S\d)/.test(key) || questions.has("q-" + key.slice(2)) || choices.has(key);
  for (const key of said) assert.ok(words.has(key) || choices.has(key), `no words ${key}`);
  for (const key of words.keys()) if (/^[wr]-/.test(key)) assert.ok(said.has(key) || made(key), `nobody says ${key}`);
  for (const { start, source: key } of Object.values(values.deadlines)) {
    assert.ok(words.has("w-start-" + start) && words.has("w-" + key));
  }
  for (const key of Object.keys(values.deadlines)) assert.ok(words.has("w-d-" + key));
});

test("the guide says how many words are counted as a page", () => {
  assert.deepEqual([countPages(400), countPages(401)], [1, 2]);
  assert.ok(words.get("r-pages")?.includes("four hundred words"));
  assert.ok(guide.includes("counts four hundred words as a page"));
});

test("each reason of the guide has its rules, and each rule names a source that has words", () => {
  const reasons = [...words.keys()].filter((key) => key.startsWith("w-g-")).map((key) => key.slice(4));
  assert.deepEqual(Object.keys(grounds).sort(), reasons.sort());
  for (const [source] of Object.values(values.articles).flat()) assert.ok(words.has("w-" + source), source);
});
