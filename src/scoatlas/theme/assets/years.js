// The years as a slider beside their links: it brings another year's map.
(() => {
  const control = document.querySelector(".year-control");
  const links = [...control.querySelectorAll("a")];
  const heading = document.querySelector("h1");
  const site = document.title.split(" – ").pop();
  const pages = new Map();
  let wanted = links.findIndex(link => link.getAttribute("aria-current"));

  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: links.length - 1 });
  slider.value = wanted;
  slider.setAttribute("aria-label", "Year");
  control.prepend(slider);

  const read = href => {
    if (!pages.has(href)) {
      const page = fetch(href).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status));
      pages.set(href, page.then(text => new DOMParser().parseFromString(text, "text/html").querySelector(".year")));
    }
    return pages.get(href);
  };

  const mark = () => {
    for (const link of links) link.removeAttribute("aria-current");
    links[wanted].setAttribute("aria-current", "page");
    slider.value = wanted;
    slider.setAttribute("aria-valuetext", links[wanted].textContent);
  };

  const show = async at => {
    wanted = at;
    mark();
    let year;
    try {
      year = await read(links[at].href);
    } catch {
      location.href = links[at].href;
      return;
    }
    if (at !== wanted) return; // a later choice was quicker
    document.querySelector(".year").replaceWith(year.cloneNode(true));
    heading.textContent = year.dataset.title;
    document.title = `${year.dataset.title} – ${site}`;
  };

  slider.addEventListener("input", () => show(Number(slider.value)));
  // All years lie side by side, so that relative addresses stay right.
  slider.addEventListener("change", () => history.pushState(null, "", links[slider.value].href));
  addEventListener("popstate", () => location.reload());
  mark();
})();
