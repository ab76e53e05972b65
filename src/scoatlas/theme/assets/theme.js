// Light or dark before anything is painted; once the page is there, the switch, the drawer and the table of contents.
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");

  // What the reader chose, else what the system says. Storage may be forbidden; then nothing is remembered.
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen;
  try {
    chosen = localStorage.getItem("scheme");
  } catch {
    // not remembered
  }
  const scheme = () => chosen ?? (system.matches ? "slate" : "default");
  const show = () => {
    document.body.dataset.mdColorScheme = scheme();
    for (const option of document.querySelectorAll("[name=__palette]")) {
      option.checked = option.dataset.mdColorScheme === scheme();
      option.nextElementSibling?.toggleAttribute("hidden", !option.checked); // while the page comes in it may be missing
    }
  };
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    show();
    observer.disconnect();
  }).observe(root, { childList: true });
  system.addEventListener("change", show);

  addEventListener("DOMContentLoaded", () => {
    show();
    addEventListener("change", ({ target }) => {
      if (target.name !== "__palette") return;
      chosen = target.dataset.mdColorScheme;
      try {
        localStorage.setItem("scheme", chosen);
      } catch {
        // not remembered
      }
      show();
    });

    // Drawer and search hang on check boxes, which CSS reads; the keyboard gets buttons.
    for (const label of document.querySelectorAll(".md-header__button[for=__drawer], .md-header__button[for=__search]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.ariaLabel = label.title;
      button.append(...label.childNodes);
      label.append(button);
      const told = () => (button.ariaExpanded = String(label.control.checked));
      label.control.addEventListener("change", told);
      button.addEventListener("click", () => label.control.click());
      told();
    }
    addEventListener("keydown", ({ key }) => {
      const drawer = document.getElementById("__drawer");
      if (key === "Escape" && drawer.checked) drawer.click();
    });

    // The section that one reads is marked in "On this page".
    const links = [...document.querySelectorAll(".md-nav--secondary a")];
    const headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const follow = () => {
      const last = headings.findLastIndex(heading => heading?.getBoundingClientRect().top < 100);
      links.forEach((link, at) => link.classList.toggle("md-nav__link--active", at === last));
    };
    if (links.length) {
      addEventListener("scroll", follow, { passive: true });
      follow();
    }
  });
})();
