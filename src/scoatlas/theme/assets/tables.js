// Makes the columns of `table.index` sortable by buttons in their header cells; without it the tables just read.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

  // A cell sorts by `data-sort` where it has one, else by what it shows.
  const key = (row, column) => (row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent ?? "").trim();

  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
  };

  // Rows with an empty cell stay last in both directions; equal rows keep their order.
  const sort = (body, column, direction) => {
    const sign = direction === "descending" ? -1 : 1;
    const rows = [...body.rows].map(row => [key(row, column), row]);
    rows.sort(([a], [b]) => (a === "") - (b === "") || (a && b && sign * compare(a, b)) || 0);
    body.append(...rows.map(([, row]) => row));
  };

  const prepare = table => {
    const headers = [...table.tHead.rows[0].cells];
    const sortable = headers.filter(header => !header.hasAttribute("data-nosort"));
    for (const header of sortable) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of sortable) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", direction);
        for (const body of table.tBodies) sort(body, headers.indexOf(header), direction);
      });
    }
  };

  for (const table of document.querySelectorAll("table.index")) {
    if (table.tHead?.rows.length) prepare(table);
  }
})();
