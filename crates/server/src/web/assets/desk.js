// Better with, complete without: every page works before this runs.
"use strict";

// Lists that can be ordered by dragging; without this script by number fields.
for (const list of document.querySelectorAll("[data-sortable]")) {
  list.classList.add("dragging-on");
  let held = null;
  const renumber = () => {
    [...list.children].forEach((row, at) => {
      row.querySelector("input[type=number]").value = at + 1;
    });
  };
  for (const row of list.children) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      held = row;
      event.dataTransfer.effectAllowed = "move";
    });
    row.addEventListener("dragover", (event) => {
      if (!held || held === row || held.parentNode !== list) return;
      event.preventDefault();
      const box = row.getBoundingClientRect();
      const below = event.clientY > box.top + box.height / 2;
      list.insertBefore(held, below ? row.nextSibling : row);
    });
    row.addEventListener("dragend", () => {
      held = null;
      renumber();
    });
    row.addEventListener("keydown", (event) => {
      if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      list.insertBefore(row, event.key === "ArrowUp" ? other : other.nextSibling);
      renumber();
      event.target.focus();
    });
  }
}

// Something new: say so, never move what is being read.
const live = document.querySelector("[data-events]");
if (live && window.EventSource) {
  const source = new EventSource(live.dataset.events);
  source.addEventListener("room", () => {
    live.hidden = false;
  });
}

// What was typed and not sent is not lost by accident.
for (const form of document.querySelectorAll("form[method=post]")) {
  let typed = false;
  form.addEventListener("input", () => {
    typed = true;
  });
  form.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
