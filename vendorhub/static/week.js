// The week by arrow keys, and how many times are picked; without it every box is there all the same.
"use strict";

const week = document.querySelector(".week");
const table = week && week.querySelector("table");

function column(cell) {
  return Number(cell.className.match(/\bd(\d)/)[1]);
}

function stops() {
  return [...table.querySelectorAll("td input, td button")].map((control) => {
    const cell = control.closest("td");
    return { control, column: column(cell), row: cell.parentElement.rowIndex };
  });
}

// The next one above or below; beside it, the nearest of the next day that has one.
function next(from, key) {
  const all = stops();
  const here = all.find((stop) => stop.control === from);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const own = all.filter((stop) => stop.column === here.column);
    return own[own.indexOf(here) + (key === "ArrowDown" ? 1 : -1)];
  }
  const step = key === "ArrowRight" ? 1 : -1;
  for (let day = here.column + step; day >= 0 && day < 7; day += step) {
    const near = all.filter((stop) => stop.column === day);
    near.sort((one, other) => Math.abs(one.row - here.row) - Math.abs(other.row - here.row));
    if (near.length) return near[0];
  }
  return undefined;
}

function hold(control) {
  for (const stop of stops()) stop.control.tabIndex = stop.control === control ? 0 : -1;
}

if (table) {
  const all = stops();
  if (all.length) hold((all.find((stop) => stop.control.checked) || all[0]).control);

  table.addEventListener("focusin", (event) => {
    if (event.target.matches("td input, td button")) hold(event.target);
  });

  table.addEventListener("keydown", (event) => {
    if (!event.key.startsWith("Arrow") || !event.target.matches("td input, td button")) return;
    event.preventDefault();
    const to = next(event.target, event.key);
    if (!to) return;
    const day = document.getElementById(`day-${to.column}`);
    if (day) day.checked = true; // on a phone one day is shown at a time
    to.control.focus();
  });

  const said = document.getElementById("picked");
  const count = () => {
    const number = document.querySelectorAll("input[name=picks]:checked").length;
    const words = number === 0 ? said.dataset.none : number === 1 ? said.dataset.one : said.dataset.many;
    const keys = window.matchMedia("(hover: hover)").matches ? said.dataset.keys : "";
    said.textContent = `${words.replace("{n}", number)} ${keys}`;
  };
  if (said) {
    count();
    document.addEventListener("change", (event) => {
      if (event.target.name === "picks") count();
    });
  }
}
