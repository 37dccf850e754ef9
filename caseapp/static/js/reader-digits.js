// A digit keeps its theme for as long as the page is open, so that hands may learn it. The nine themes used last have
// one each; a theme that comes new among them gets the digit of the one that fell out.

const digits = new Map();

/** Gives each option that was used lately its digit, and puts them first in the order of the digits. */
export function settleDigits(options) {
  const recent = options.filter((option) => option.key);
  const values = new Set(recent.map((option) => option.box.value));
  for (const value of digits.keys()) if (!values.has(value)) digits.delete(value);
  const taken = new Set(digits.values());
  const free = [..."123456789"].filter((digit) => !taken.has(digit));
  for (const { box } of recent) if (!digits.has(box.value)) digits.set(box.value, free.shift());
  for (const option of recent) {
    option.key = digits.get(option.box.value);
    option.order = Number(option.key) - 10;
    option.element.querySelector(".picker-key").textContent = option.key;
  }
}
