// One key an answer, and how long an answer can still be taken back. Everything here works without this file too.
(() => {
  "use strict";
  const KEPT = "vendorhub.keys";
  const asks = () => [...document.querySelectorAll(".ask")];
  const here = () => document.activeElement?.closest(".ask") ?? asks()[0] ?? document;
  const on = () => localStorage.getItem(KEPT) !== "off";
  const root = document.documentElement;

  // "j" and "k" walk from card to card; at either end they stay.
  const walk = (step) => {
    const all = asks();
    const now = all.indexOf(document.activeElement?.closest(".ask"));
    const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  const press = (key) => {
    const button = here().querySelector(`[data-key="${key}"]`);
    button?.focus();
    button?.click();
  };

  const help = document.querySelector("#keys");
  const show = () => {
    root.toggleAttribute("data-keys", on());
    const toggle = help?.querySelector("button[data-toggle]");
    if (toggle) toggle.textContent = on() ? toggle.dataset.off : toggle.dataset.on;
  };
  help?.querySelector("button[data-toggle]")?.addEventListener("click", () => {
    localStorage.setItem(KEPT, on() ? "off" : "on");
    show();
  });
  for (const opener of document.querySelectorAll("button[data-opens='keys']")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help?.showModal());
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing) return;
    if (event.key === "?") help?.showModal();
    else if (!on()) return;
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "a") document.querySelector("#line")?.focus();
    else if ("ywlnxbqpscmf123".includes(event.key) && event.key.length === 1) press(event.key);
    else return;
    event.preventDefault();
  });
  show();

  // The seconds that are left, beside the clock time that the page itself says.
  const count = () => {
    for (const held of document.querySelectorAll("[data-until]")) {
      const left = Math.ceil((new Date(held.dataset.until) - Date.now()) / 1000);
      const said = held.querySelector("[data-left]");
      if (left > 0) said.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      else {
        said.textContent = said.dataset.over;
        held.querySelector("form")?.remove();
        held.removeAttribute("data-until");
      }
    }
  };
  if (document.querySelector("[data-until]")) {
    count();
    setInterval(count, 1000);
  }
})();
