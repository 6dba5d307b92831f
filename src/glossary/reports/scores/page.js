"use strict";
const list = document.getElementById("list");
const segments = [...list.children].map(node => ({node, text: node.textContent.toLowerCase(), ...node.dataset}));
const find = document.getElementById("find"), show = document.getElementById("show"), sort = document.getElementById("sort");
const orders = {
  number: (a, b) => a.number - b.number,
  worst: (a, b) => a.gain - b.gain || a.number - b.number,
  best: (a, b) => b.gain - a.gain || a.number - b.number,
};

function update() {
  const words = find.value.toLowerCase().trim();
  const concept = words.startsWith("concept:") ? words.slice(8) : null;
  let count = 0;
  for (const each of segments) {
    const fits = show.value === "all" || each.fate === show.value || (show.value === "changed" && each.fate !== "not changed");
    const found = concept === null ? each.text.includes(words) : each.concepts.split(" ").includes(concept);
    each.node.hidden = !(fits && found);
    count += !each.node.hidden;
  }
  document.getElementById("count").textContent = `${count} of ${segments.length}`;
}

function reorder() {
  list.append(...[...segments].sort(orders[sort.value]).map(each => each.node));
}

find.addEventListener("input", update);
show.addEventListener("change", update);
sort.addEventListener("change", reorder);
document.getElementById("controls").addEventListener("submit", event => event.preventDefault());

document.querySelectorAll("button[data-concept]").forEach(button => button.addEventListener("click", () => {
  find.value = `concept:${button.dataset.concept}`;
  show.value = "all";
  update();
  find.scrollIntoView();
  find.focus({preventScroll: true});
}));

document.querySelectorAll("table.sortable").forEach(table => {
  table.querySelectorAll("th").forEach((head, column) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = row => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
      const numeric = head.classList.contains("n");
      const body = table.tBodies[0];
      const rows = [...body.rows].sort((a, b) => {
        const [one, other] = [value(a), value(b)];
        return numeric ? (parseFloat(one) || 0) - (parseFloat(other) || 0) : one.localeCompare(other);
      });
      body.append(...(down ? rows.reverse() : rows));
    });
  });
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    find.focus();
  } else if (event.key === "j" || event.key === "k") {
    const visible = [...list.children].filter(node => !node.hidden);
    const at = visible.indexOf(document.activeElement.closest(".segment"));
    const next = visible[event.key === "j" ? at + 1 : at < 0 ? 0 : Math.max(0, at - 1)];
    if (next) {
      next.focus();
      next.scrollIntoView({block: "start"});
    }
  }
});
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(each => { each.open = true; }));
update();
