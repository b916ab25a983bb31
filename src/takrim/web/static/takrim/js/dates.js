// The Jalali picker beside a text field: <input data-jdp>. Typing stays possible; Escape closes the picker.
"use strict";

(() => {
  const persian = document.documentElement.lang === "fa";
  const DAYS = ["Sa", "Su", "Mo", "Tu", "We", "Th", "Fr"];
  const MONTHS = [
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
  ];
  const toPersian = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

  jalaliDatepicker.startWatch({
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

  document.addEventListener("keydown", (event) => {
    if ((event.key === "Escape" || event.key === "Tab") && event.target.matches("[data-jdp]")) jalaliDatepicker.hide();
  });

  // The picker writes Latin digits whatever it shows.
  document.addEventListener("jdp:change", (event) => {
    if (persian) event.target.value = toPersian(event.target.value);
  });
})();
