// @generated script of the reference. Do not edit: it is copied from the generator's templates.
// The search box: finds the rows of SEARCH_INDEX that contain all words, and lists them as links. Nothing is sent.
"use strict";

(() => {
  const MOST = 40;
  const box = document.querySelector("search");
  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const up = document.body.dataset.up;
  const rows = SEARCH_INDEX.map(([title, about, target]) => ({
    title,
    about,
    target,
    name: title.toLowerCase(),
    text: `${title} ${about}`.toLowerCase(),
  }));

  /** The score of a row; 0 if a word is missing. */
  function score(row, words) {
    let sum = 0;
    for (const word of words) {
      if (!row.text.includes(word)) return 0;
      sum += row.name.startsWith(word) ? 4 : row.name.includes(word) ? 2 : 1;
    }
    return sum;
  }

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.replaceChildren();
    if (words.length === 0) {
      found.textContent = "";
      return;
    }
    const fitting = rows
      .map((row) => [score(row, words), row])
      .filter(([points]) => points > 0)
      .sort(([a], [b]) => b - a);
    found.textContent =
      fitting.length === 0
        ? "Nothing found"
        : fitting.length > MOST
          ? `${fitting.length} found, the first ${MOST} are shown`
          : `${fitting.length} found`;
    for (const [, row] of fitting.slice(0, MOST)) {
      results.append(item(row));
    }
  }

  /** A link with a title and a description. Values from the index are text, never HTML. */
  function item(row) {
    const link = document.createElement("a");
    link.href = up + row.target;
    link.addEventListener("click", close);
    const about = document.createElement("small");
    about.textContent = row.about;
    link.append(row.title, about);
    const element = document.createElement("li");
    element.append(link);
    return element;
  }

  function close() {
    input.value = "";
    search();
  }

  /** Moves the focus from the box to the first link, and from link to link. */
  function move(event, step) {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement) + step;
    event.preventDefault();
    (links[at] ?? (at < 0 ? input : links.at(-1)) ?? input).focus();
  }

  document.addEventListener("keydown", (event) => {
    const inside = box.contains(event.target);
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    } else if (inside && event.key === "ArrowDown") {
      move(event, 1);
    } else if (inside && event.key === "ArrowUp") {
      move(event, -1);
    } else if (inside && event.key === "Escape") {
      close();
      input.focus();
    } else if (event.target === input && event.key === "Enter") {
      results.querySelector("a")?.click();
    }
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) close();
  });
  input.addEventListener("input", search);
  box.hidden = false;
})();
