// What Material prints as inline scripts, as a file, so that the policy needs neither hashes nor 'unsafe-inline'.
(() => {
  const scope = new URL(document.currentScript.dataset.base, location);

  // The four names that Material's bundle expects. Storage may be forbidden; then nothing is remembered.
  globalThis.__md_scope = scope;
  globalThis.__md_hash = text => [...text].reduce((sum, char) => (sum << 5) - sum + char.charCodeAt(0), 0);
  globalThis.__md_get = (name, storage, base = scope) => {
    try {
      return JSON.parse((storage ?? localStorage).getItem(`${base.pathname}.${name}`));
    } catch {
      return null;
    }
  };
  globalThis.__md_set = (name, value, storage, base = scope) => {
    try {
      (storage ?? localStorage).setItem(`${base.pathname}.${name}`, JSON.stringify(value));
    } catch {
      // not remembered
    }
  };

  // Search is a form to Material; on Enter without a result it would be sent, and the policy would complain.
  addEventListener("submit", event => event.preventDefault());

  // The colour scheme is set as soon as there is a body, before anything is painted.
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = __md_get("__palette")?.color?.scheme ?? (dark ? "slate" : "default");
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    document.body.setAttribute("data-md-color-scheme", scheme);
    observer.disconnect();
  }).observe(document.documentElement, { childList: true });
})();
