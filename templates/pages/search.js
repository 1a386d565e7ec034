// @generated script of the reference. Do not edit: it is copied from the generator's templates.
// Finds rows of SEARCH_INDEX. Loaded with the index when the search box is first used. Nothing is sent.
"use strict";

class Finder {
  /** The most rows of a kind. */
  static MOST = { operation: 12, resource: 4, type: 12, property: 12 };

  constructor(index) {
    this.rows = [];
    /** Which rows have a word, and how much the word says about each. */
    this.words = new Map();
    for (const row of index.operations) this.#operation(row);
    for (const [page, title] of index.resources) {
      this.#row({ kind: "resource", title, about: "resource", target: `${page}.html` }, [title]);
    }
    for (const [page, name, members] of index.types) {
      this.#row({ kind: "type", title: name, about: "type", target: `${page}.html#${name}` }, [name]);
      this.#members(members, name, `${page}.html#${name}`);
    }
  }

  #operation([page, method, title, [verb, path], id, call, params, deprecated]) {
    const target = `${page}.html#${method}`;
    const about = path + (deprecated ? " (deprecated)" : "");
    const segments = path.split("/").filter(Boolean);
    this.#row({ kind: "operation", title, about, verb, segments, target }, [title, id, call], [path, verb]);
    this.#members(params, title, target);
  }

  #members(members, owner, target) {
    for (const member of members) {
      const [wire, anchor] = Array.isArray(member) ? member : [member, member];
      this.#row({ kind: "property", title: wire, about: `of ${owner}`, target: `${target}.${anchor}` }, [wire]);
    }
  }

  #row(row, names, others = []) {
    const at = this.rows.push(row) - 1;
    const add = (word, weight) => {
      let rows = this.words.get(word);
      if (!rows) this.words.set(word, (rows = new Map()));
      rows.set(at, Math.max(weight, rows.get(at) ?? 0));
    };
    for (const name of names) {
      for (const word of Finder.split(name)) add(word, 2);
      add(name.toLowerCase(), 3);
    }
    for (const name of others) for (const word of Finder.split(name)) add(word, 1);
  }

  /** The words of a name in any case: `listFiles`, `list_files`, `ListFiles`. Many rows have the same name. */
  static split(name) {
    let words = Finder.#split.get(name);
    if (!words) {
      const parts = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
      words = parts.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      Finder.#split.set(name, words);
    }
    return words;
  }
  static #split = new Map();

  /** The rows that have all words, operations before types. */
  find(query) {
    const text = query.trim();
    const found = text.includes("/") ? this.#paths(text) : new Map();
    if (found.size === 0) {
      const whole = this.#word(text.toLowerCase(), false);
      const parts = this.#all(Finder.split(text));
      for (const [at, score] of parts) found.set(at, score + (whole.get(at) ?? 0));
      for (const [at, score] of whole) if (!found.has(at)) found.set(at, score);
    }
    const order = ["operation", "resource", "type", "property"];
    const rows = [...found].map(([at, score]) => [this.rows[at], score]);
    const kinds = order.map((kind) => rows.filter(([row]) => row.kind === kind));
    for (const rows of kinds) rows.sort(([a, x], [b, y]) => y - x || a.title.length - b.title.length);
    const shown = kinds.flatMap((rows, kind) => rows.slice(0, Finder.MOST[order[kind]]));
    return { count: found.size, rows: shown.map(([row]) => row) };
  }

  #all(words) {
    let all = null;
    for (const word of words) {
      const rows = this.#word(word, true);
      if (all === null) all = rows;
      else {
        const both = [...all].filter(([at]) => rows.has(at));
        all = new Map(both.map(([at, score]) => [at, score + rows.get(at)]));
      }
    }
    return all ?? new Map();
  }

  /** The rows with a word that is, begins with or contains this one; else, with one that has a letter wrong. */
  #word(word, mistaken) {
    const found = new Map();
    if (word === "") return found;
    const add = (rows, weight) => {
      for (const [at, own] of rows) found.set(at, Math.max(found.get(at) ?? 0, weight * own));
    };
    for (const [known, rows] of this.words) {
      if (known === word) add(rows, 8);
      else if (known.startsWith(word)) add(rows, 4);
      else if (word.length > 2 && known.includes(word)) add(rows, 1);
    }
    if (found.size > 0 || !mistaken || word.length < 4) return found;
    for (const [known, rows] of this.words) {
      if (Finder.isNear(word, known)) add(rows, 1);
    }
    return found;
  }

  /** If one letter is wrong, missing or too many, or two are swapped; also at the start of a longer word. */
  static isNear(word, known) {
    let at = 0;
    while (at < word.length && word[at] === known[at]) at += 1;
    const next = word[at + 1];
    // Most words differ further.
    if (next !== known[at + 1] && next !== known[at] && word[at] !== known[at + 1]) return false;
    const same = (one, two) => two.startsWith(one) && (one.length > 3 || one.length === two.length || at > 3);
    const [rest, other] = [word.slice(at), known.slice(at)];
    const isSwapped = rest[0] === other[1] && rest[1] === other[0] && rest.length > 1;
    return (
      same(rest.slice(1), other.slice(1)) ||
      same(rest.slice(1), other) ||
      same(rest, other.slice(1)) ||
      (isSwapped && same(rest.slice(2), other.slice(2)))
    );
  }

  /** The operations whose path fits: with values, with the server, or as far as it is typed. */
  #paths(text) {
    const [, verb, url] = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(text) ?? [];
    const found = new Map();
    if (url === undefined) return found;
    const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "").split(/[?#]/)[0];
    const given = path.split("/").filter(Boolean);
    this.rows.forEach((row, at) => {
      if (row.kind !== "operation" || (verb && row.verb !== verb.toUpperCase())) return;
      // What comes before the path belongs to the server.
      for (let skipped = 0; skipped < given.length && skipped < 4; skipped += 1) {
        const score = Finder.fit(row.segments, given.slice(skipped));
        if (score > 0) found.set(at, Math.max(found.get(at) ?? 0, score - skipped));
      }
    });
    const whole = [...found].filter(([, score]) => score > Finder.WHOLE);
    return whole.length > 0 ? new Map(whole) : found;
  }

  /** The least score of a whole path; that of a beginning is less. */
  static WHOLE = 1000;

  /** How well segments of a template fit those that are given; 0 if they do not. */
  static fit(segments, given) {
    if (given.length === 0 || given.length > segments.length) return 0;
    let literal = 0;
    for (const [at, segment] of given.entries()) {
      const known = segments[at].toLowerCase();
      const word = segment.toLowerCase();
      const isLast = at === given.length - 1;
      if (known === word) literal += 10;
      else if (isLast && !known.includes("{") && known.startsWith(word)) literal += 5;
      else if (!known.includes("{")) return 0;
    }
    const isWhole = given.length === segments.length && literal % 10 === 0;
    return literal > 0 ? literal + (isWhole ? Finder.WHOLE + 10 : 10) : 0;
  }
}
