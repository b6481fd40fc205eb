import assert from "node:assert/strict";
import { test } from "node:test";

import { countPages, countWords } from "../../macros/prepare/count.js";

const WORDS = [
  ["", 0],
  ["  \n ", 0],
  ["I ask for deletion.", 4],
  ["don't l’homme", 2],
  ["Article 83(1)(a)", 4],
  ["10.3.2026, 12:30", 2],
  ["يطلب حذف البيانات", 3],
  ["حذفُ البياناتِ", 2],
  ["Прошу удалить данные", 3],
  ["می‌خواهم", 2],
  ["请删除数据", 3],
  ["请删除 INTERPOL 数据", 4],
  ["🙂🙂", 0],
  ["\ud800", 0],
  ["a\ud800b", 2],
];

for (const [text, words] of WORDS) {
  test(`${JSON.stringify(text)} has ${words} words`, () => assert.equal(countWords(text), words));
}

test("a page begins with its first word", () => {
  assert.deepEqual([0, 1, 400, 401, 4000].map(countPages), [0, 1, 1, 2, 10]);
});

for (const part of ["a ", "a", "请", "🙂", "'", "\u0301", "\ud800", "٫١"]) {
  test(`a megabyte of ${JSON.stringify(part)} is counted at once`, () => {
    const start = performance.now();
    countWords(part.repeat(2 ** 20 / part.length));
    assert.ok(performance.now() - start < 2000);
  });
}
