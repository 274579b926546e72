// Sends the page's forms without a reload. Without this script they work all the same.
"use strict";

(() => {
  const log = document.getElementById("log");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let busy = false;

  const field = () => document.getElementById("text");
  const status = () => document.getElementById("status");

  // What goes well is only for ears; what goes wrong is for all, and the words stay in the field.
  function announce(words, wrong = false) {
    status().textContent = words;
    status().classList.toggle("unseen", !wrong);
  }

  function prepare() {
    document.getElementById("keys").hidden = false;
  }

  // Takes over from a new state of the page what this one lacks; what stays is left alone, so
  // that a screen reader hears only what was added.
  function update(next) {
    if (!next.getElementById("intro")) document.getElementById("intro")?.remove();
    const known = new Map([...log.children].map((entry) => [entry.dataset.key, entry]));
    const fresh = [];
    for (const entry of next.getElementById("log").children) {
      const old = known.get(entry.dataset.key);
      if (old) {
        if (!entry.id) old.removeAttribute("id");
        const buttons = entry.querySelector(".buttons");
        old.querySelectorAll(".buttons").forEach((form) => form.remove());
        if (buttons) old.querySelector(".answer").append(document.importNode(buttons, true));
      } else {
        fresh.push(document.importNode(entry, true));
      }
    }
    for (const id of ["composer", "below"]) {
      document.getElementById(id).replaceWith(document.importNode(next.getElementById(id), true));
    }
    prepare();
    log.append(...fresh);
    return fresh.at(-1);
  }

  function reveal(entry, asked) {
    // Words come next: after a question another question, after "Report" what is wrong.
    const writing = asked || document.querySelector("#composer[data-reporting]");
    if (!entry || writing) field().focus({ preventScroll: true });
    if (!entry) return;
    entry.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
    if (writing) return;
    // The button that was pressed is gone: what it brought takes the focus.
    const heading = entry.querySelector(".question");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  async function send(form, data, asked) {
    busy = true;
    log.setAttribute("aria-busy", "true");
    announce(status().dataset.waiting);
    try {
      const body = new URLSearchParams(data);
      const response = await fetch(form.action, { method: "POST", body });
      const next = new DOMParser().parseFromString(await response.text(), "text/html");
      if (next.getElementById("log")) {
        reveal(update(next), asked);
      } else {
        announce(next.getElementById("problem").textContent, true);
      }
    } catch {
      announce(status().dataset.unreachable, true);
    } finally {
      busy = false;
      log.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-live]")) return;
    event.preventDefault();
    if (busy) return;
    const button = event.submitter;
    const data = new FormData(form, button);
    send(form, data, form.id === "ask" || data.has("text"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "text" || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  prepare();
})();
