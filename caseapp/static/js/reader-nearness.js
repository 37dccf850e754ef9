// How near a theme's name is to what somebody types: accents and case do not matter.

export const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** 0 is nearest: it begins so; 4 is not near at all. */
export function nearness(name, sought) {
  if (!sought) return 0;
  const at = name.indexOf(sought);
  if (at === 0) return 0;
  if (at > 0 && /[^\p{L}\p{N}]/u.test(name[at - 1])) return 1;
  if (at > 0) return 2;
  return sought.split(/\s+/).every((word) => name.includes(word)) ? 3 : 4;
}
