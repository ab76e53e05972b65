// What a page lists, chosen by attributes; without it all is shown. The choice stands in the address.
// `data-items` and the `data-groups` around them are selectors, `data-noun` is a word.
(() => {
  const filter = document.querySelector(".filter");
  const { items: wanted, groups, noun } = filter.dataset;
  const items = [...document.querySelectorAll(wanted)];
  const selects = [...filter.querySelectorAll("select")];
  const said = filter.querySelector("output");
  const asked = new URLSearchParams(location.search);

  const apply = () => {
    for (const item of items) {
      item.hidden = !selects.every(({ name, value }) => !value || item.dataset[name].split(" ").includes(value));
    }
    for (const group of document.querySelectorAll(groups)) group.hidden = !group.querySelector(`${wanted}:not([hidden])`);
    const shown = items.filter(item => !item.hidden).length;
    said.textContent = `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} ${noun}`;
  };

  filter.addEventListener("change", () => {
    apply();
    const address = new URL(location);
    for (const { name, value } of selects) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  });

  // A link to an item that the filter hides shows all items again.
  const unhide = () => {
    const item = document.getElementById(location.hash.slice(1));
    if (!item?.closest(`${wanted}[hidden]`)) return;
    for (const select of selects) select.value = "";
    apply();
    item.scrollIntoView();
  };

  for (const select of selects) {
    const value = asked.get(select.name) ?? "";
    if ([...select.options].some(option => option.value === value)) select.value = value;
  }
  filter.hidden = false;
  apply();
  unhide();
  addEventListener("hashchange", unhide);
})();
