// Minutes that are written live: each field is sent a moment after it was typed, with what it was typed on. Until the
// server has it, it lies in this browser; without a connection it waits there and is sent again.
"use strict";

(() => {
  const form = document.querySelector("form[data-live-form]");
  if (!form) return;
  const WAIT = 1200;
  const AGAIN = 4000;
  const LOOK = 6000;
  // A line that only hangs counts as broken after this long.
  const PATIENCE = 20000;
  const words = form.dataset;
  const token = form.elements.csrfmiddlewaretoken.value;
  // With the person: at a shared computer the next one does not send a colleague's words as their own.
  const place = `takrim:live:${words.liveForm}:`;
  const line = form.querySelector("[data-live-state]");
  const fields = new Map();
  let since = words.since;
  let stuck = "";

  const boxes = (element) => [...element.querySelectorAll("input[type=checkbox]")];
  const read = (element) =>
    element.matches("fieldset")
      ? boxes(element).filter((box) => box.checked).map((box) => box.value).join(" ")
      : element.value;
  const write = (element, text) => {
    if (!element.matches("fieldset")) element.value = text;
    else for (const box of boxes(element)) box.checked = text.split(" ").includes(box.value);
    list(element);
  };
  // The closed part of a field of boxes names what is ticked.
  const list = (element) => {
    const shown = element.closest("details")?.querySelector("[data-live-list]");
    if (!shown || !element.matches("fieldset")) return;
    shown.replaceChildren(
      ...boxes(element).filter((box) => box.checked).flatMap((box) => {
        const pill = document.createElement("span");
        pill.className = "pill pill-plain";
        pill.textContent = box.nextElementSibling.textContent;
        return [pill, " "];
      }),
    );
  };
  const part = (field, name) => (field.element.closest(".live-field") || field.element).querySelector(`[${name}]`);

  const keep = (field) => {
    try {
      const kept = { text: read(field.element), base: field.base, version: field.version };
      localStorage.setItem(place + field.name, JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the server still gets it.
    }
  };
  const drop = (field) => localStorage.removeItem(place + field.name);

  const say = () => {
    const dirty = [...fields.values()].some((field) => field.dirty);
    line.textContent = stuck || (dirty ? words.saving : words.saved);
    line.classList.toggle("due-late", Boolean(stuck));
    line.classList.toggle("due-text", Boolean(stuck));
  };

  const seen = (field) => {
    const hidden = form.elements[`seen:${field.name}`];
    if (hidden) hidden.value = Math.max(field.version, 0);
  };

  const taken = (field, sent, said) => {
    const now = read(field.element);
    if (now === sent) {
      if (said.text !== now) write(field.element, said.text);
      [field.base, field.version, field.dirty] = [said.text, said.version, false];
      drop(field);
    } else {
      // Typed on meanwhile, on what was sent; where the server has more than that, it puts both together next time.
      field.base = sent;
      field.version = said.text === sent ? said.version : -1;
      keep(field);
    }
    seen(field);
    fault(field, said.fault || "");
    if (said.beside) {
      part(field, "data-live-others").innerHTML = said.beside;
      stuck = words.waiting;
    }
  };

  const fault = (field, sentence) => {
    const shown = part(field, "data-live-fault");
    if (!shown) return;
    shown.textContent = sentence;
    shown.hidden = !sentence;
    field.element.classList.toggle("is-invalid", Boolean(sentence));
  };

  const send = async (field) => {
    if (field.busy) return;
    const text = read(field.element);
    field.busy = true;
    try {
      const answer = await fetch(words.keep, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams({ name: field.name, text, seen: field.version, base: field.base }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      // Whatever stands before a server that is down answers in its place: that is no word about the person.
      if (answer.status >= 500) {
        stuck = words.offline;
      } else if (answer.redirected || !(answer.headers.get("Content-Type") || "").includes("json")) {
        stuck = words.signedOut;
      } else {
        const said = await answer.json();
        stuck = "";
        if (answer.ok) taken(field, text, said);
        else {
          stuck = said.refused;
          field.refused = text;
        }
      }
    } catch {
      stuck = words.offline;
    }
    field.busy = false;
    if (field.dirty && read(field.element) !== field.refused) later(field, stuck ? AGAIN : WAIT);
    say();
  };

  const later = (field, wait) => {
    clearTimeout(field.timer);
    field.timer = setTimeout(() => send(field), wait);
  };

  const touched = (field) => {
    field.dirty = true;
    keep(field);
    list(field.element);
    later(field, WAIT);
    say();
  };

  for (const element of form.querySelectorAll("[data-live]")) {
    const name = element.dataset.live;
    const hidden = form.elements[`seen:${name}`];
    const field = { name, element, base: read(element), version: Number(hidden.value), dirty: false };
    fields.set(name, field);
    for (const kind of ["input", "change"]) element.addEventListener(kind, () => touched(field));
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(place + name));
    } catch {
      left = null;
    }
    // What did not reach the server the last time.
    if (left && left.text !== field.base) {
      [field.base, field.version] = [left.base, left.version];
      write(element, left.text);
      field.dirty = true;
      later(field, 0);
    } else drop(field);
  }

  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${words.news}?since=${encodeURIComponent(since)}`);
      if (!answer.ok || answer.redirected) return;
      const news = await answer.json();
      since = news.since;
      for (const [name, said] of Object.entries(news.fields)) {
        const field = fields.get(name);
        if (!field || field.dirty || field.busy || said.version <= field.version) continue;
        write(field.element, said.text);
        [field.base, field.version] = [said.text, said.version];
        seen(field);
        const by = part(field, "data-live-by");
        if (by) by.textContent = said.by;
      }
      if (news.sealed) stuck = words.sealed;
      else if (news.shape !== words.shape) stuck = words.changed;
      say();
    } catch {
      // The next look tells; what is typed is sent by itself.
    }
  };
  setInterval(look, LOOK);

  addEventListener("online", () => {
    for (const field of fields.values()) if (field.dirty) later(field, 0);
  });
  // The whole form goes with all its fields: nothing needs to be sent again afterwards.
  form.addEventListener("submit", () => {
    for (const field of fields.values()) {
      clearTimeout(field.timer);
      seen(field);
    }
  });
  say();
})();
