/**
 * Days of the calendar. A day is a year, a month and a day, and never a moment: no time zone can move it.
 *
 * @typedef {{ year: number, month: number, day: number }} Day
 */

/** @param {number} year @param {number} month 1 to 12 @returns {number} */
export function lastDayOf(year, month) {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Read what a date field gives, such as 2026-11-27.
 *
 * @param {string} text
 * @returns {Day | null} null if there is no such day
 */
export function dayOf(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const exists = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
  return exists ? { year, month, day } : null;
}

/** Which day it is where the reader is. @param {Date} now @returns {Day} */
export function todayOf(now) {
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}

/**
 * The day with the same number, so many months later, or the last day of that month if there is none.
 *
 * @param {Day} start
 * @param {number} months
 * @returns {Day}
 */
export function addMonths(start, months) {
  const count = start.year * 12 + start.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return { year, month, day: Math.min(start.day, lastDayOf(year, month)) };
}

/** @param {Day} start @param {number} days not negative @returns {Day} */
export function addDays(start, days) {
  let { year, month, day } = start;
  day += days;
  while (day > lastDayOf(year, month)) {
    day -= lastDayOf(year, month);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return { year, month, day };
}

/** @param {Day} one @param {Day} other @returns {number} below 0 if `one` is earlier, 0 if it is the same day */
export function compareDays(one, other) {
  return one.year - other.year || one.month - other.month || one.day - other.day;
}
