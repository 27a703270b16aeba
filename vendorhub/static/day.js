// Keeps what is on, and what others write, up to date; what somebody is typing in is left alone. Without it one looks again.
(() => {
  "use strict";
  const EVERY = 1000 * (document.querySelector("[data-live]")?.dataset.live || 15);
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-live]")) {
        const made = page.getElementById(old.id);
        if (made && !old.contains(document.activeElement) && !old.querySelector("textarea") && made.innerHTML !== old.innerHTML) old.replaceWith(made);
      }
    } catch {
      // the next look may reach it
    }
  };
  const again = setInterval(() => (document.querySelector("[data-live]") ? look() : clearInterval(again)), EVERY);
  document.addEventListener("visibilitychange", look);
})();
