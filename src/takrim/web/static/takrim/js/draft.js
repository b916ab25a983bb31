// A long text is never lost: <form data-autosave="key"> is kept in this browser until it is really sent.
// Words come from the form: data-draft-found, data-draft-restore, data-draft-drop. Passwords, files, hidden fields
// and fields with data-private are not kept. data-autosave-here keeps it for this tab only (shared computers).
"use strict";

(() => {
  const DAYS = 7;

  const store = (form) => (form.hasAttribute("data-autosave-here") ? sessionStorage : localStorage);
  const keyOf = (form) => `takrim:draft:${form.dataset.autosave}`;

  const kept = (form) =>
    [...form.elements].filter(
      (field) =>
        field.name &&
        !["password", "file", "hidden", "submit", "button"].includes(field.type) &&
        !field.hasAttribute("data-private"),
    );

  const read = (form) =>
    kept(form)
      .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value]);

  const write = (form, pairs) => {
    for (const field of kept(form)) {
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const load = (form) => {
    try {
      const draft = JSON.parse(store(form).getItem(keyOf(form)));
      return draft && Date.now() - draft.at < DAYS * 86400000 ? draft.pairs : null;
    } catch {
      return null;
    }
  };

  const offer = (form, pairs) => {
    const note = document.createElement("div");
    note.className = "notice draft-note";
    note.setAttribute("role", "status");
    const words = document.createElement("p");
    words.textContent = form.dataset.draftFound;
    note.append(words);
    const button = (text, style, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = `btn btn-sm ${style}`;
      made.textContent = text;
      made.addEventListener("click", () => {
        act();
        note.remove();
        kept(form)[0]?.focus();
      });
      note.append(made);
    };
    button(form.dataset.draftRestore, "btn-primary", () => write(form, pairs));
    button(form.dataset.draftDrop, "btn-outline-secondary", () => store(form).removeItem(keyOf(form)));
    form.prepend(note);
  };

  const watch = (form) => {
    const first = JSON.stringify(read(form));
    const pairs = load(form);
    // What the server gave back (a refused form) is newer than the draft.
    const filled = form.querySelector(".is-invalid, .notice-error");
    if (pairs && !filled && JSON.stringify(pairs) !== first) offer(form, pairs);
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        try {
          store(form).setItem(keyOf(form), JSON.stringify({ at: Date.now(), pairs: read(form) }));
        } catch {
          // A full or forbidden store: the form works as it would without a draft.
        }
      }, 400);
    });
  };

  const watchAll = () => {
    for (const form of document.querySelectorAll("form[data-autosave]:not([data-watched])")) {
      form.dataset.watched = "yes";
      watch(form);
    }
  };
  watchAll();
  // Forms that came in later.
  document.addEventListener("htmx:afterSettle", watchAll);

  // The page after a success names the draft that is no longer needed: <body data-draft-done="key"> or any element.
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    for (const place of [localStorage, sessionStorage]) place.removeItem(`takrim:draft:${done.dataset.draftDone}`);
  }
})();
