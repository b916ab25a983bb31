// The agenda is put in order by dragging; the buttons beside each item do the same without this file.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-sort]")) {
    const list = form.querySelector("ol");
    const renumber = () => {
      const items = [...list.children];
      items.forEach((item, place) => {
        item.querySelector("[name=up]").disabled = place === 0;
        item.querySelector("[name=down]").disabled = place === items.length - 1;
      });
    };
    const failed = () => {
      const note = document.createElement("div");
      note.className = "notice notice-error";
      note.setAttribute("role", "alert");
      note.textContent = form.dataset.sortFailed;
      form.prepend(note);
    };
    const send = async () => {
      renumber();
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          headers: { "X-Requested-With": "drag" },
        });
        if (answer.status !== 204) failed();
      } catch {
        failed();
      }
    };
    new Sortable(list, { handle: "[data-grip]", animation: 120, onEnd: send });
  }
})();
