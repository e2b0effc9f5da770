
// Lets the tables be sorted and searched. Without it they are plain and whole.
"use strict";

const collator = new Intl.Collator("en", { numeric: true });
const fold = (text) => text.normalize("NFKC").toLowerCase();

function enliven(section) {
  const body = section.querySelector("tbody");
  const headings = [...section.querySelectorAll("th")];
  const search = section.querySelector("input");
  const output = section.querySelector("output");
  // Read once: asking the page again for each comparison would take long.
  const rows = Array.from(body.rows, (element) => {
    const cells = Array.from(element.cells, (cell) => cell.textContent);
    return { element, cells, folded: fold(cells.join("\n")) };
  });
  let order = rows;

  const show = () => {
    const words = fold(search.value).split(/\s+/);
    const found = order.filter((row) => words.every((word) => row.folded.includes(word)));
    const fragment = document.createDocumentFragment();
    for (const row of found) fragment.append(row.element);
    body.replaceChildren(fragment);
    say(found.length);
  };
  const say = (number) => {
    output.textContent = `${number} of ${rows.length} ${section.dataset.things}`;
  };

  // What is no number, or is not said, comes last, whichever way it is sorted.
  const sorted = (column, isNumber, sign) => {
    const key = (row) => (isNumber && row.cells[column] !== "" ? Number(row.cells[column]) : row.cells[column]);
    const keyed = rows.map((row) => ({ row, key: key(row) }));
    const isLast = ({ key }) => key === "" || Number.isNaN(key);
    const compare = isNumber ? (a, b) => a - b : collator.compare;
    keyed.sort((a, b) => isLast(a) - isLast(b) || (isLast(a) ? 0 : sign * compare(a.key, b.key)));
    return keyed.map(({ row }) => row);
  };

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      // Up, down, and as the groups were listed.
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const way = next[heading.getAttribute("aria-sort")];
      for (const other of headings) other.setAttribute("aria-sort", "none");
      heading.setAttribute("aria-sort", way);
      const isNumber = heading.classList.contains("number");
      order = way === "none" ? rows : sorted(column, isNumber, way === "ascending" ? 1 : -1);
      show();
    });
  });

  let pause;
  search.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 100);
  });
  section.querySelector(".tools").hidden = false;
  say(rows.length);
}

document.querySelectorAll(".listing").forEach(enliven);
