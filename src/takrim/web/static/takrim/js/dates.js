// A calendar button beside each <input data-jdp>. The date can always be typed; the picker only writes into the field.
"use strict";

(() => {
  const persian = document.documentElement.lang === "fa";
  const DAYS = ["Sa", "Su", "Mo", "Tu", "We", "Th", "Fr"];
  const MONTHS = [
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
  ];
  const sprite = document.querySelector("svg use").getAttribute("href").split("#")[0];

  const toPersian = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

  jalaliDatepicker.startWatch({
    // A picker that opens by itself covers the next fields of those who type.
    autoShow: false,
    autoReadOnlyInput: false,
    persianDigits: persian,
    minDate: "attr",
    maxDate: "attr",
    // Their words are Persian only.
    showTodayBtn: persian,
    showEmptyBtn: persian,
    showCloseBtn: persian,
    ...(!persian && { days: DAYS, months: MONTHS }),
    zIndex: 30,
  });

  const addButton = (input) => {
    if (input.closest(".date-pick")) return;
    const box = document.createElement("div");
    box.className = "date-pick";
    input.replaceWith(box);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary";
    button.setAttribute("aria-label", input.dataset.pick || "");
    button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${sprite}#calendar"></use></svg>`;
    // The click itself would count as one outside the picker and close it.
    button.addEventListener("click", () => setTimeout(() => jalaliDatepicker.show(input)));
    box.append(input, button);
  };

  const prepare = (within) => within.querySelectorAll("input[data-jdp]").forEach(addButton);
  prepare(document);
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") jalaliDatepicker.hide();
  });

  // The picker writes Latin digits whatever it shows.
  document.addEventListener("jdp:change", (event) => {
    if (persian) event.target.value = toPersian(event.target.value);
  });
})();
