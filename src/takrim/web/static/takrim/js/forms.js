// A form is sent once: the pressed button keeps its name and value, looks busy, and a second press does nothing.
"use strict";

(() => {
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    if (event.submitter) {
      // aria-disabled, not disabled: a disabled button would not send its value.
      event.submitter.setAttribute("aria-busy", "true");
      event.submitter.setAttribute("aria-disabled", "true");
    }
    // A file that is sent in answer leaves the page standing: let it be pressed again after a while.
    setTimeout(() => release(form), 20000);
  });

  // Coming back with the back button shows the page as it was left: pressed.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // Too large a file is said at once, not after the upload. The server checks again.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.dataset.maxBytes) return;
    const large = [...input.files].some((file) => file.size > Number(input.dataset.maxBytes));
    input.setCustomValidity(large ? input.dataset.tooLarge || "×" : "");
    input.reportValidity();
  });

  // "n letters left" under a text with maxlength and a <output data-left-of="id">.
  const digits = new Intl.NumberFormat(document.documentElement.lang === "fa" ? "fa-IR" : "en");
  for (const output of document.querySelectorAll("[data-left-of]")) {
    const text = document.getElementById(output.dataset.leftOf);
    if (!text || text.maxLength < 0) continue;
    const show = () => {
      output.value = digits.format(text.maxLength - text.value.length);
    };
    text.addEventListener("input", show);
    show();
  }

  // A suggestion fills its field in at once; without JavaScript its button asks the server to.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    const field = button && document.getElementById(button.dataset.fill);
    if (!field) return;
    event.preventDefault();
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // A choice that shows itself at once: <select data-send>; without JavaScript the button beside it does it.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  });
})();
