// On the page for addresses that lead nowhere: links to pages whose names are like the address.
(async () => {
  let path = location.pathname;
  try {
    path = decodeURIComponent(path);
  } catch {} // what is no text is looked for as it stands
  const steps = path.replace(/(index)?\.\w+$/, "").split("/").filter(Boolean);
  const area = document.querySelector(".suggestions");
  for (const step of steps.reverse()) {
    const { found } = await searchAtlas(step);
    for (const page of found.slice(0, 5)) {
      const link = Object.assign(document.createElement("a"), { href: page.url, textContent: page.title });
      const item = document.createElement("li");
      item.append(link, page.kind ? ` (${page.kind.toLowerCase()})` : "");
      area.querySelector("ul").append(item);
    }
    if (found.length) break;
  }
  area.hidden = !area.querySelector("li");
})();
