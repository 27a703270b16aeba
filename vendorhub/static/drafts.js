// Keeps an ask while it is written: some seconds after typing, and when the page is left. Without it the button does.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const said = document.getElementById("draft-said");
  let sent = false;
  let timer = 0;

  const typed = () => {
    const fields = new FormData(form);
    fields.delete("csrf_token");
    fields.set("quietly", "1");
    return fields;
  };
  const words = () => new URLSearchParams(typed()).toString();
  let kept = words();

  const keep = async () => {
    const now = words();
    if (sent || now === kept) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed() });
      if (!answer.ok) throw new Error(answer.status);
      kept = now;
      said.textContent = await answer.text();
    } catch {
      said.textContent = form.dataset.trouble;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 4000);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => {
    sent = false;
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !sent && words() !== kept) {
      if (navigator.sendBeacon(form.dataset.draft, typed())) kept = words();
    }
  });
})();
