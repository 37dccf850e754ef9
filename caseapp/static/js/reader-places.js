// Where the excerpts of the whole text stand, also those whose piece is not here yet.

let read = null;
let list = [];

/** @returns {{key: string, start: number, end: number, isAdverse: boolean}[]} in the order of the text */
export function places() {
  const written = document.getElementById("places").dataset.places;
  if (written !== read) {
    read = written;
    list = written.split(" ").filter(Boolean).map((one) => {
      const [key, start, end, adverse] = one.split(":");
      return { key, start: Number(start), end: Number(end), isAdverse: adverse === "!" };
    });
  }
  return list;
}

export const placeOf = (key) => places().find((place) => place.key === key);
