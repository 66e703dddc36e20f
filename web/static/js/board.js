/* The board by keyboard: J and K move, X selects, Escape clears. Rows are tr.item in table.queue. */
(function () {
  "use strict";
  var bar = document.querySelector(".selection"), current = -1;

  function rows() { return Array.prototype.slice.call(document.querySelectorAll("table.queue tr.item")); }
  function box(row) { return row.querySelector("input[type=checkbox]"); }

  function count() {
    var chosen = rows().filter(function (row) {
      var on = Boolean(box(row) && box(row).checked);
      row.classList.toggle("selected", on);
      return on;
    }).length;
    if (!bar) return;
    bar.hidden = chosen === 0;
    bar.querySelector("output").textContent = String(chosen);
  }

  function go(to) {
    var all = rows();
    if (!all.length) return;
    current = Math.max(0, Math.min(all.length - 1, to));
    all.forEach(function (row, index) { row.classList.toggle("current", index === current); });
    all[current].scrollIntoView({ block: "nearest" });
    var link = all[current].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  function choose() {
    var row = rows()[current], mark = row && box(row);
    if (!mark) return;
    mark.checked = !mark.checked;
    count();
  }

  function clear() {
    rows().forEach(function (row) { if (box(row)) box(row).checked = false; });
    count();
  }

  document.addEventListener("change", function (event) { if (event.target.matches("tr.item input")) count(); });
  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "j") go(current + 1);
    if (event.key === "k") go(current - 1);
    if (event.key === "x") choose();
    if (event.key === "Escape") clear();
  });
  // After the board has refreshed itself the rows are new ones.
  document.addEventListener("htmx:afterSwap", function () { current = -1; count(); });
  count();
})();
