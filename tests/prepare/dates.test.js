import assert from "node:assert/strict";
import { test } from "node:test";

import { addDays, addMonths, compareDays, dayOf, lastDayOf, todayOf } from "../../macros/prepare/dates.js";

const written = ({ year, month, day }) =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");

const MONTHS = [
  ["2026-01-15", 1, "2026-02-15"],
  ["2026-01-28", 1, "2026-02-28"],
  ["2026-01-29", 1, "2026-02-28"],
  ["2026-01-31", 1, "2026-02-28"],
  ["2028-01-29", 1, "2028-02-29"],
  ["2028-01-31", 1, "2028-02-29"],
  ["2028-02-29", 12, "2029-02-28"],
  ["2028-02-29", 48, "2032-02-29"],
  ["2026-02-28", 6, "2026-08-28"],
  ["2026-08-31", 6, "2027-02-28"],
  ["2027-08-31", 6, "2028-02-29"],
  ["2026-05-31", 1, "2026-06-30"],
  ["2026-10-31", 4, "2027-02-28"],
  ["2026-12-31", 4, "2027-04-30"],
  ["2026-12-01", 1, "2027-01-01"],
  ["2026-03-31", 9, "2026-12-31"],
  ["2026-04-30", 9, "2027-01-30"],
  ["2026-11-27", 0, "2026-11-27"],
  ["2099-11-30", 3, "2100-02-28"],
  ["2000-01-31", 1, "2000-02-29"],
];

for (const [start, months, end] of MONTHS) {
  test(`${months} months after ${start} is ${end}`, () => {
    assert.equal(written(addMonths(dayOf(start), months)), end);
  });
}

const DAYS = [
  ["2026-11-27", 0, "2026-11-27"],
  ["2026-02-28", 1, "2026-03-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2026-12-31", 1, "2027-01-01"],
  ["2026-01-15", 45, "2026-03-01"],
  ["2028-01-15", 45, "2028-02-29"],
  ["2026-01-01", 365, "2027-01-01"],
];

for (const [start, days, end] of DAYS) {
  test(`${days} days after ${start} is ${end}`, () => assert.equal(written(addDays(dayOf(start), days)), end));
}

for (const text of ["", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "x", "2026-11-27T10:00"]) {
  test(`${JSON.stringify(text)} is no day`, () => assert.equal(dayOf(text), null));
}

test("months have their days", () => {
  const common = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  assert.deepEqual(common.map((_, month) => lastDayOf(2026, month + 1)), common);
  assert.deepEqual([1900, 2000, 2024, 2100].map((year) => lastDayOf(year, 2)), [28, 29, 29, 28]);
});

test("days are compared as days", () => {
  assert.ok(compareDays(dayOf("2026-01-31"), dayOf("2026-02-01")) < 0);
  assert.ok(compareDays(dayOf("2027-01-01"), dayOf("2026-12-31")) > 0);
  assert.equal(compareDays(dayOf("2026-11-27"), dayOf("2026-11-27")), 0);
});

test("today is the day where the reader is", () => {
  for (const zone of ["Pacific/Kiritimati", "Asia/Tehran", "UTC", "America/Anchorage"]) {
    process.env.TZ = zone;
    const late = new Date(2026, 10, 27, 23, 59, 59);
    const early = new Date(2026, 10, 27, 0, 0, 0);
    assert.deepEqual([late, early].map(todayOf).map(written), ["2026-11-27", "2026-11-27"]);
  }
});
