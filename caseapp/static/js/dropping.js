// Files, and folders with all that is in them, dropped anywhere on the page.

// Of a folder that was dropped, every file in it with its path; a browser gives at most a hundred at a time.
async function filesBelow(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.slice(1) }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    for (const below of some) found.push(...(await filesBelow(below)));
  }
}

// What is dropped must be asked for before anything is waited for.
async function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const found = items.map((item) => {
    const entry = item.webkitGetAsEntry?.();
    if (entry) return filesBelow(entry);
    const file = item.getAsFile();
    return [{ file, path: file.name }];
  });
  return (await Promise.all(found)).flat();
}

// Calls `take` with [{file, path}] of what is dropped; the zone shows where it would go.
export function takeDrops(take) {
  const zone = () => document.querySelector(".drop-zone");
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone().classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone().classList.remove("is-over");
  });
  document.addEventListener("drop", async (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone().classList.remove("is-over");
    const pieces = await dropped(event.dataTransfer);
    if (pieces.length) take(pieces);
  });
}
