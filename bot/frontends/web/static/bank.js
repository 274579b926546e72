// Counts as one types, shows the preview, and warns of leaving unsaved. Without it all works by its buttons.
"use strict";

(() => {
  const PAUSE = 350;

  // As long as a file is read, ask how far that has come.
  const job = document.querySelector("#job[data-part]");
  async function watch() {
    try {
      const answer = await fetch(job.dataset.part, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const over = answer.headers.get("X-Over") === "1";
      job.innerHTML = await answer.text();
      if (!over) setTimeout(watch, PAUSE);
    } catch {
      setTimeout(watch, 4 * PAUSE);
    }
  }
  if (job) watch();

  document.getElementById("trouble")?.focus();
  const form = document.getElementById("form");
  if (!form) return;
  const shown = document.getElementById("preview");
  const status = document.getElementById("count");
  form.querySelectorAll(".scriptless").forEach((button) => (button.hidden = true));

  // What is to be filled in depends on the kind of question.
  const kind = form.elements.kind;
  function fit() {
    for (const part of form.querySelectorAll("[data-only]")) {
      part.hidden = !part.dataset.only.split(" ").includes(kind.value);
    }
  }
  kind?.addEventListener("change", fit);

  // Limits: ours count letters, those of polls count as the platform does.
  function left(field) {
    const text = field.value.trim();
    const most = Number(field.dataset.most ?? Infinity) - [...text].length;
    const poll = Number(field.dataset.poll ?? Infinity) - text.length;
    const number = most < 0 ? most : Math.min(most, poll);
    const said = most < 0 ? "over" : number < 0 ? "beyond" : "left";
    return { number, words: form.dataset[said].replace("#", Math.abs(number)) };
  }

  function count(field) {
    let line = field.parentElement.querySelector(".count");
    if (!line) {
      line = document.createElement("p");
      line.className = "count";
      line.setAttribute("aria-hidden", "true");
      field.after(line);
    }
    const found = left(field);
    line.textContent = found.words;
    line.classList.toggle("over", found.number < 0);
    return found;
  }

  const counted = [...form.querySelectorAll("[data-most], [data-poll]")];
  counted.forEach((field) => {
    count(field);
    // What is counted need not be told as well; it stays there for who only hears it.
    field.parentElement.querySelector(".hint.limit")?.classList.add("unseen");
  });

  // Said aloud only after a pause, and only where there is little room left.
  let saying = 0;
  function announce(found) {
    clearTimeout(saying);
    if (found.number <= 20) saying = setTimeout(() => (status.textContent = found.words), 900);
    else status.textContent = "";
  }

  // The preview: the newest request wins.
  let drawing = 0;
  let asked = null;
  async function draw() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: asked.signal,
      });
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch {
      // Left as it was: another one is on its way, or the connection is gone.
    }
  }

  let dirty = "dirty" in form.dataset;
  form.addEventListener("input", (event) => {
    dirty = true;
    const field = event.target;
    if (field.dataset.most || field.dataset.poll) announce(count(field));
    clearTimeout(drawing);
    drawing = setTimeout(draw, PAUSE);
  });

  form.addEventListener("submit", () => (dirty = false));
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
