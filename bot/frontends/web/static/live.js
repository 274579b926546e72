// Keeps a live page up to date. Without this script it looks again by itself, or at a press.
"use strict";

(() => {
  const page = document.querySelector("[data-live]");
  const part = document.getElementById("part");
  const status = document.getElementById("status");
  const lost = document.getElementById("lost");
  const texts = page.dataset;
  // What the server sent last for each region: one that it sends again the same is left alone,
  // with whatever somebody is writing in it.
  const known = new Map();
  let busy = false;
  let fetching = false;
  let again = false;
  // How far the server's clock is ahead of ours. Messages take time, so the largest is nearest.
  let ahead = -Infinity;
  let said = new Set();
  let aloud = "";

  const FIELDS = 'input[type="checkbox"], input[type="text"], select';
  const regions = (root) => [...root.querySelectorAll("[data-region]")];
  const clock = () => part.querySelector("[data-closes]");

  function say(words) {
    status.textContent = words;
  }

  function missing(gone) {
    lost.hidden = !gone;
  }

  function setClock() {
    const time = clock();
    if (time) ahead = Math.max(ahead, Date.parse(time.dataset.now) - Date.now());
  }

  function speak() {
    const words = part.querySelector("[data-aloud]")?.dataset.aloud ?? "";
    if (words && words !== aloud) say(words);
    aloud = words;
  }

  // What somebody is writing or ticking stays there, as long as it is for the same question.
  function carry(old, added) {
    const form = (region) => region?.querySelector('form [name="do"][value="answer"]')?.form;
    const at = (it) => it.elements.namedItem("at").value;
    const [from, to] = [form(old), form(added)];
    if (!from || !to || at(from) !== at(to)) return;
    const before = from.querySelectorAll(FIELDS);
    to.querySelectorAll(FIELDS).forEach((field, row) => {
      if (field.type === "checkbox") field.checked = before[row]?.checked ?? field.checked;
      else field.value = before[row]?.value ?? field.value;
    });
  }

  // Takes over what differs. Whoever had the focus in what goes away finds it where it goes on.
  function update(html) {
    const next = new DOMParser().parseFromString(html, "text/html").body;
    const active = document.activeElement;
    let refocus = false;
    for (const fresh of regions(next)) {
      const name = fresh.dataset.region;
      const source = fresh.outerHTML;
      if (known.get(name) === source) continue;
      const old = part.querySelector(`[data-region="${name}"]`);
      refocus ||= Boolean(old?.contains(active)) && active !== document.body;
      known.set(name, source);
      const added = document.importNode(fresh, true);
      carry(old, added);
      if (old) old.replaceWith(added);
      else part.append(added);
    }
    setClock();
    tick();
    speak();
    if (!refocus) return;
    const same = active.name && part.querySelector(`[name="${active.name}"][value="${CSS.escape(active.value ?? "")}"]`);
    const field = active.matches(FIELDS) && active.id && part.querySelector(`#${CSS.escape(active.id)}`);
    (field || same || part.querySelector("[data-focus]"))?.focus({ preventScroll: false });
  }

  // Something else stands at this address now, such as the door; not again and again, though.
  function reload() {
    const last = Number(sessionStorage.getItem("reloaded") ?? 0);
    if (Date.now() - last < 30_000) return;
    sessionStorage.setItem("reloaded", String(Date.now()));
    location.reload();
  }

  async function look() {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      const response = await fetch(texts.part, { cache: "no-store" });
      if ([403, 404].includes(response.status)) reload();
      else if (response.ok) update(await response.text());
      missing(!response.ok);
    } catch {
      missing(true);
    } finally {
      fetching = false;
      if (again) {
        again = false;
        look();
      }
    }
  }

  // Takes what an event brought; while something is under way that may be newer, it looks again.
  function take(html) {
    if (busy || fetching) {
      again = true;
      return;
    }
    update(html);
    missing(false);
  }

  async function send(form, data) {
    busy = true;
    form.setAttribute("aria-busy", "true");
    say(texts.sending ?? "");
    try {
      const body = new URLSearchParams(data);
      const response = await fetch(form.action, { method: "POST", body, headers: { "X-Live-Part": "1" } });
      const type = response.headers.get("Content-Type") ?? "";
      if (![200, 409, 422].includes(response.status) || !type.startsWith("text/html")) throw new Error();
      update(await response.text());
      missing(false);
      const told = part.querySelector(".saved, .problem");
      say(told ? told.textContent.trim() : "");
    } catch {
      say(texts.unsent ?? "");
      lost.textContent = texts.unsent ?? lost.textContent;
      missing(true);
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
      if (again && !fetching) {
        again = false;
        look();
      }
    }
  }

  // The countdown. It is read out at few moments only, not with each second.
  const moments = [[5, texts.five], [10, texts.ten], [30, texts.thirty]];

  function tick() {
    const time = clock();
    if (!time) return;
    const left = Math.max(0, Math.ceil((Date.parse(time.dataset.closes) - Date.now() - ahead) / 1000));
    const digits = time.querySelector(".digits");
    const minutes = Math.floor(left / 60);
    const rest = String(left % 60).padStart(2, "0");
    const shown = minutes ? `${minutes}:${rest}` : texts.second.replace("{}", String(left));
    if (digits.textContent !== shown) digits.textContent = shown;
    time.querySelector("progress").value = left;
    time.classList.toggle("short", left <= 5);
    announce(left, time.dataset);
  }

  function announce(left, { closes, total }) {
    const due = moments.find(([seconds]) => left <= seconds && Number(total) > seconds);
    const [seconds, words] = left === 0 ? [0, texts.up] : due ?? [];
    const key = `${closes} ${seconds}`;
    if (words === undefined || said.has(key)) return;
    said = new Set([...said, key].slice(-8));
    // Who opens the page late in the question hears the next moment, not one that has passed.
    if (left === seconds || left === seconds - 1) say(words);
  }

  function listen() {
    if ("over" in texts) return;
    const events = new EventSource(texts.events);
    let opened = false;
    let brought = false;
    // The server ends the connection with the quiz; the browser asks once more, and is told to stop.
    let ended = false;
    events.addEventListener("open", () => {
      if (opened) look();
      opened = true;
      missing(false);
    });
    events.addEventListener("changed", look);
    events.addEventListener("part", (event) => {
      brought = true;
      take(event.data);
    });
    events.addEventListener("over", () => {
      ended = true;
      if (!brought) look();
    });
    events.addEventListener("error", () => {
      missing(events.readyState === EventSource.CONNECTING && !ended);
      ended = false;
    });
    addEventListener("pagehide", () => events.close());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    if (!busy) send(form, new FormData(form, event.submitter));
  });

  for (const region of regions(part)) known.set(region.dataset.region, region.outerHTML);
  aloud = part.querySelector("[data-aloud]")?.dataset.aloud ?? "";
  setClock();
  tick();
  setInterval(tick, 200);
  listen();
})();
