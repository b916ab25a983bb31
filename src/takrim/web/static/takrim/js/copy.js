// <button data-copy="text" data-copied="Copied">: puts the text on the clipboard and says so.
"use strict";

(() => {
  const byHand = (text) => {
    // Without https the clipboard is closed to scripts; a selected field and the old command still work.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const worked = document.execCommand("copy");
    field.remove();
    return worked;
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const words = button.querySelector("[data-copy-words]") || button;
    const before = words.textContent;
    words.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      let worked = false;
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        worked = true;
      } catch {
        worked = byHand(button.dataset.copy);
      }
      if (!worked) return;
      words.textContent = button.dataset.copied;
      setTimeout(() => {
        words.textContent = before;
      }, 2500);
    });
  }
})();
