// Search: a list of all pages, fetched when it is first wanted, and whatever in it begins with the words one types.
(() => {
  const site = new URL("..", document.currentScript.src);

  // Small letters without accents: "Türkiye" is found by "turkiye", "Орёл" by "орел".
  const fold = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Chinese has no spaces: a run of its characters is looked for as it stands, wherever it is.
  const split = text => fold(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
  const isHan = word => /\p{Script=Han}/u.test(word);
  const pairs = word => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));

  // Russian words end in cases, English ones in -s.
  const stem = word =>
    word.length < 5 ? word : word.replace(/(?<=..)(?:[аеиоуыэюяйьъ]+|[оеыи][гм][оу]|[аяоеыи][мхв]и?|(?<=[a-z])e?s)$/, "");

  let pages;
  const load = () =>
    (pages ??= fetch(new URL("search/search_index.json", site))
      .then(answer => answer.json())
      .then(({ docs }) =>
        docs.map(page => {
          const names = [page.title, ...page.names].map(fold);
          return {
            ...page,
            url: new URL(page.location, site).href,
            whole: names.map(name => split(name).join(" ")),
            words: new Set(names.flatMap(split)),
            body: ` ${split(page.text).join(" ")}`,
          };
        }),
      )
      .catch(error => {
        pages = undefined; // the next word typed asks again
        throw error;
      }));

  // How well a word is met: in full, at its beginning, or but for its ending.
  const meet = (word, other) =>
    other === word ? 3 : other.startsWith(word) ? 2 : other.startsWith(stem(word)) && other.length < word.length + 4 ? 1 : 0;

  const scoreOf = (word, page) => {
    if (isHan(word)) {
      const name = page.whole.find(whole => whole.includes(word));
      return name ? 20 + 10 * (word.length / name.length) : page.body.includes(word) ? 2 : 0;
    }
    const best = Math.max(0, ...[...page.words].map(other => meet(word, other)));
    if (best) return best * 8;
    return page.body.includes(` ${word} `) ? 2 : page.body.includes(` ${stem(word)}`) ? 1 : 0;
  };

  // Pages with all words, best first: a name that is what was typed, then one that begins so, then the rest.
  const rank = (words, all) => {
    const typed = words.join(" ");
    const found = [];
    for (const page of all) {
      const scores = words.map(word => scoreOf(word, page));
      if (scores.some(score => !score)) continue;
      const whole = page.whole.includes(typed) ? 100 : page.whole.some(name => name.startsWith(typed)) ? 40 : 0;
      const length = Math.min(...page.whole.map(name => name.length)) / 100;
      found.push({ page, score: whole + scores.reduce((sum, score) => sum + score, 0) - length });
    }
    return found.sort((a, b) => b.score - a.score).map(({ page }) => page);
  };

  // Whether two words differ by one letter: one more, one less, another, or two exchanged.
  const near = (a, b) => {
    if (a.length < 4 || Math.abs(a.length - b.length) > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at++;
    const rest = (x, y) => a.slice(at + x) === b.slice(at + y);
    return rest(1, 1) || rest(1, 0) || rest(0, 1) || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(2, 2));
  };

  // What was found, and whether it is only like what was typed.
  const search = async text => {
    const all = await load();
    const words = split(text);
    if (!words.length) return { found: [], words };
    const found = rank(words, all);
    if (found.length) return { found, words };
    const apart = words.flatMap(word => (isHan(word) && word.length > 2 ? pairs(word) : [word]));
    const loose = rank(apart, all);
    if (loose.length) return { found: loose, words: apart };
    const known = new Set(all.flatMap(page => [...page.words]));
    const mended = words.map(word => [...known].find(other => near(word, other)) ?? word);
    return { found: rank(mended, all), words: mended, like: true };
  };
  globalThis.searchAtlas = search;

  const toggle = document.getElementById("__search");
  const area = document.querySelector(".md-search");
  const field = area.querySelector("input");
  const list = area.querySelector("ol");
  const meta = area.querySelector(".md-search-result__meta");
  const hint = meta.textContent;
  const shown = 30;

  // Text with the words that were found marked; the words are folded, so this finds most of them and harms none.
  const mark = (text, words) => {
    const pattern = new RegExp(`(${words.map(stem).join("|")})`, "iu");
    return text.split(pattern).map((part, at) => {
      if (at % 2 === 0) return part;
      const marked = document.createElement("mark");
      marked.textContent = part;
      return marked;
    });
  };

  const excerpt = (text, words) => {
    const at = Math.max(0, text.search(new RegExp(words.map(stem).join("|"), "iu")));
    const from = at < 60 ? 0 : text.indexOf(" ", at - 50) + 1;
    return `${from ? "… " : ""}${text.slice(from, from + 160)}${text.length > from + 160 ? " …" : ""}`;
  };

  const element = (tag, name, ...content) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...content);
    return made;
  };

  const entry = (page, words) => {
    const link = element("a", "md-search-result__link", element("b", "found__name", ...mark(page.title, words)));
    link.href = page.url;
    if (page.kind) link.append(" ", element("span", "found__kind", page.kind));
    if (page.names.length) link.append(element("span", "found__names", ...mark(page.names.join(" · "), words)));
    if (page.text) link.append(element("span", "found__text", ...mark(excerpt(page.text, words), words)));
    return element("li", "md-search-result__item", link);
  };

  const update = async () => {
    const text = field.value;
    const { found, words, like } = await search(text);
    if (text !== field.value) return;
    list.replaceChildren(...found.slice(0, shown).map(page => entry(page, words)));
    const count = found.length === 1 ? "1 page" : `${found.length} pages`;
    const first = found.length > shown ? `, the first ${shown} shown` : "";
    if (!words.length) meta.textContent = hint;
    else if (!found.length) meta.textContent = "No matching pages";
    else meta.textContent = like ? `Nothing for just this; ${count} for “${words.join(" ")}”${first}` : `${count}${first}`;
  };

  const set = open => {
    if (toggle.checked === open) return;
    toggle.checked = open;
    toggle.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const close = () => {
    document.activeElement?.blur();
    set(false);
  };

  field.addEventListener("focus", () => {
    set(true);
    load();
  });
  field.addEventListener("input", event => event.isComposing || update());
  field.addEventListener("compositionend", update);
  field.form.addEventListener("reset", () => setTimeout(() => (update(), field.focus())));
  field.form.addEventListener("submit", event => event.preventDefault());
  toggle.addEventListener("change", () => toggle.checked && field.focus());
  area.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !area.contains(relatedTarget)) set(false);
  });

  addEventListener("keydown", event => {
    // Not a single key: who speaks to the computer would press it by talking (WCAG 2.1.4).
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      set(true);
      field.focus();
      field.select();
    }
    if (!area.contains(event.target) || event.isComposing) return;
    const stops = [field, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === field) update().then(() => list.querySelector("a")?.click());
    else if (step) stops.at((stops.indexOf(event.target) + step) % stops.length)?.focus();
    else return;
    event.preventDefault();
  });
})();
