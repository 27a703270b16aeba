// Sends a file and shows how far it is. Without it the form does the same, and the browser shows it in its own way.
const begin = () => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const file = form.elements.file;
  const button = form.querySelector("button[type=submit]");
  const way = form.querySelector(".on-its-way");
  const [bar, said] = [way.querySelector("progress"), way.querySelector("p")];
  const wrong = document.getElementById("file-error");

  const refuse = (words) => {
    way.hidden = true;
    button.disabled = false;
    wrong.textContent = words;
    wrong.hidden = !words;
    file.toggleAttribute("aria-invalid", Boolean(words));
    file.closest(".field").classList.toggle("wrong", Boolean(words));
    // What was said of the file before is not true of this one.
    document.querySelectorAll("main > .notice[role=status]").forEach((each) => each.remove());
    if (words) file.focus();
  };
  const tooLarge = () => file.files.length > 0 && file.files[0].size > Number(form.dataset.most);

  file.addEventListener("change", () => refuse(tooLarge() ? form.dataset.tooLarge : ""));

  form.addEventListener("submit", (event) => {
    if (!file.files.length) return;
    event.preventDefault();
    if (tooLarge()) {
      refuse(form.dataset.tooLarge);
      return;
    }
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.responseType = "document";
    sending.upload.addEventListener("progress", (told) => {
      const percent = told.lengthComputable ? Math.floor((100 * told.loaded) / told.total) : 0;
      bar.value = percent;
      said.textContent = percent < 100 ? `${form.dataset.onItsWay} ${percent} %` : form.dataset.looking;
    });
    sending.addEventListener("error", () => refuse(form.dataset.trouble));
    sending.addEventListener("load", () => {
      const page = sending.response;
      if (sending.status === 200 && page) {
        document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
        document.querySelector("main").focus();
        begin();
        return;
      }
      const summary = page && (page.querySelector(".summary") || page.querySelector("main p"));
      refuse(summary ? summary.textContent.trim() : form.dataset.trouble);
    });
    refuse("");
    button.disabled = true;
    bar.value = 0;
    way.hidden = false;
    sending.send(new FormData(form));
  });
};
begin();
