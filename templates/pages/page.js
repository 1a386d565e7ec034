// @generated script of the reference. Do not edit: it is copied from the generator's templates.
// The search box, tabs of examples, buttons that copy. All of the text is there without it. Nothing is sent.
"use strict";

(() => {
  const up = document.body.dataset.up;
  const create = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // Tabs: the choice holds for all operations, and is remembered.
  const KEY = "reference-example";
  const groups = [];
  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  function choose(title) {
    for (const tabs of groups) {
      const chosen = tabs.find((tab) => tab.textContent === title) ?? tabs[0];
      for (const tab of tabs) {
        tab.setAttribute("aria-selected", String(tab === chosen));
        tab.tabIndex = tab === chosen ? 0 : -1;
        tab.panel.hidden = tab !== chosen;
      }
    }
  }
  function chosen(tab) {
    const top = tab.getBoundingClientRect().top;
    choose(tab.textContent);
    // Examples above may have another height now.
    scrollBy(0, tab.getBoundingClientRect().top - top);
    try {
      localStorage.setItem(KEY, tab.textContent);
    } catch {
      // The choice holds for this page.
    }
  }
  document.querySelectorAll(".examples").forEach((examples, group) => {
    const list = create("div", { className: "tabs" });
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Examples");
    const tabs = [...examples.children].map((panel, index) => {
      const heading = panel.querySelector("h3");
      const tab = create("button", { type: "button", id: `example-${group}-${index}` }, heading.textContent);
      heading.remove();
      panel.id = `panel-${group}-${index}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.panel = panel;
      tab.addEventListener("click", () => chosen(tab));
      return tab;
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length];
      next.focus();
      chosen(next);
    });
    list.append(...tabs);
    examples.prepend(list);
    groups.push(tabs);
  });
  choose(remembered());

  // Buttons that copy code, and links that copy their address.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = create("textarea", { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }
  document.querySelectorAll("main pre").forEach((pre) => {
    const button = create("button", { type: "button", className: "copy" }, "Copy");
    const code = create("div", { className: "code" });
    pre.replaceWith(code);
    code.append(pre, button);
    button.addEventListener("click", async () => {
      await copy(pre.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  });
  document.querySelectorAll("a.name, h2 > a[href^='#']").forEach((link) => {
    link.title = "Copy the link";
    link.addEventListener("click", () => void copy(link.href));
  });

  // A link into a folded type unfolds it.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let folded = target?.closest("main details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement.closest("details")) folded.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  // The navigation shows the operation that is read, and closes on a phone once it has led there.
  const nav = document.getElementById("page-menu");
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
  });
  const links = new Map([...nav.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((entry) => entry.isIntersecting);
      if (!entry) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.getAttribute("aria-labelledby"))?.setAttribute("aria-current", "true");
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  document.querySelectorAll("article").forEach((article) => seen.observe(article));
  function showCurrent() {
    const current = nav.querySelector("details[open], [aria-current]");
    if (current && current.offsetTop > nav.clientHeight / 2) nav.scrollTop = current.offsetTop - 80;
  }
  nav.addEventListener("toggle", showCurrent);
  showCurrent();

  // The search box. The index is loaded when it is first used.
  const box = document.querySelector("search");
  const input = document.getElementById("search-box");
  const found = document.getElementById("search-found");
  const results = document.getElementById("search-results");
  let finder = null;
  let loading = null;
  const script = (name) =>
    new Promise((resolve, reject) => {
      document.head.append(create("script", { src: up + name, onload: resolve, onerror: reject }));
    });
  function load() {
    loading ??= Promise.all([script("search-index.js"), script("search.js")]).then(() => {
      finder = new Finder(SEARCH_INDEX);
      search();
    });
  }
  function search() {
    results.replaceChildren();
    found.textContent = "";
    if (input.value.trim() === "") return;
    if (!finder) return load();
    const { count, rows } = finder.find(input.value);
    const more = count > rows.length ? `, the first ${rows.length} are shown` : "";
    found.textContent = count === 0 ? "Nothing found" : `${count} found${more}`;
    results.append(...rows.map(item));
  }
  /** A link with a title and a description. Values from the index are text, never HTML. */
  function item(row) {
    const kind = create("span", {}, row.verb ?? row.kind);
    kind.className = row.verb ? `method ${row.verb.toLowerCase()}` : "of";
    const text = create("span", {}, row.title, create("small", {}, row.about));
    const link = create("a", { href: up + row.target }, kind, text);
    link.addEventListener("click", close);
    return create("li", {}, link);
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
  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  box.hidden = false;
})();
