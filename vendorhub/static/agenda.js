// An agenda by keys and by dragging, and its presses without a new page. Without this file every button works all the same.
(() => {
  "use strict";
  const builder = () => document.querySelector("#builder");
  const form = () => document.querySelector("#build");
  const entries = () => [...document.querySelectorAll("#entries > [data-code]")];
  const here = () => document.activeElement?.closest("#entries > [data-code]");
  let busy = false;

  // One press, sent as the form itself would send it; what comes back takes the place of what stands.
  const press = async (act, focus) => {
    if (busy) return;
    busy = true;
    const sent = new FormData(form());
    sent.set("act", act);
    try {
      const answer = await fetch(form().action, { method: "POST", body: new URLSearchParams(sent) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.querySelector("#builder");
      if (!made) return location.reload();
      const title = document.querySelector(`[data-code="${focus}"]`)?.dataset.title ?? "";
      const words = document.querySelector("#agenda-keys")?.dataset.moved ?? "";
      builder().replaceWith(made);
      const alert = page.querySelector(".summary");
      for (const old of document.querySelectorAll("main > .summary, main > .notice")) old.remove();
      if (alert) document.querySelector("#main").prepend(alert);
      ready();
      const stays = document.querySelector(`[data-code="${focus}"]`);
      if (alert) alert.scrollIntoView({ block: "nearest" });
      else stays?.focus();
      const said = document.querySelector("#agenda-said");
      if (said) said.textContent = alert ? alert.textContent.trim() : words.replace("{title}", title);
    } catch {
      const button = document.createElement("input");
      button.type = "hidden";
      button.name = "act";
      button.value = act;
      form().append(button);
      form().requestSubmit();
    } finally {
      busy = false;
    }
  };

  const walk = (step) => {
    const all = entries();
    const now = all.indexOf(here());
    const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, dialog");
    if (!builder() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const code = here()?.dataset.code;
    if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (!code) return;
    else if (event.shiftKey && event.key === "ArrowUp") press(`up:${code}`, code);
    else if (event.shiftKey && event.key === "ArrowDown") press(`down:${code}`, code);
    else if (event.key === "+") press(`more:${code}`, code);
    else if (event.key === "-" || event.key === "−") press(`less:${code}`, code);
    else return;
    event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const act = event.submitter?.value ?? "";
    if (event.target !== form() || event.defaultPrevented || event.submitter?.name !== "act") return;
    event.preventDefault();
    press(act, act.split(":")[1]);
  });

  // What is dragged is put before the entry over whose upper half it is dropped, else behind it.
  let held = null;
  const over = (event) => event.target.closest?.("#entries > li");
  const clear = () => {
    for (const one of document.querySelectorAll(".drop-before, .drop-after")) one.classList.remove("drop-before", "drop-after");
  };
  const upper = (event, entry) => {
    const box = entry.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-code], [data-item]");
    held?.classList.add("dragged");
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("dragged");
    held = null;
    clear();
  });
  document.addEventListener("dragover", (event) => {
    const entry = over(event);
    if (!held || !(entry || event.target.closest?.("#build"))) return;
    event.preventDefault();
    clear();
    entry?.classList.add(upper(event, entry) ? "drop-before" : "drop-after");
  });
  document.addEventListener("drop", (event) => {
    const entry = over(event);
    if (!held || !event.target.closest?.("#build")) return;
    event.preventDefault();
    const all = entries();
    const code = held.dataset.code;
    let to = entry?.dataset.code ? all.indexOf(entry) + (upper(event, entry) ? 0 : 1) : all.length;
    if (code && all.indexOf(held) < to) to -= 1;
    if (held.dataset.item) press(`place:${held.dataset.item}:${to}`, held.dataset.item);
    else if (all[to] !== held) press(`to:${code}:${to}`, code);
  });

  const ready = () => {
    for (const one of document.querySelectorAll("#entries > [data-code], .waiting [data-item]")) one.draggable = true;
    const keys = document.querySelector("#agenda-keys");
    if (keys && matchMedia("(hover: hover)").matches) keys.textContent = keys.dataset.keys;
  };
  ready();
})();
