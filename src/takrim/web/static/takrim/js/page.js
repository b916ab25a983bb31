// What every page has: the light/dark switch, "/" to search, menus that close, focus on what went wrong.
"use strict";

(() => {
  const root = document.documentElement;

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  const themeSwitch = document.querySelector("[data-theme-switch]");
  if (themeSwitch) {
    themeSwitch.hidden = false;
    themeSwitch.setAttribute("aria-pressed", String(isDark()));
    themeSwitch.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      themeSwitch.setAttribute("aria-pressed", String(isDark()));
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
      document.dispatchEvent(new CustomEvent("takrim:theme"));
    });
  }

  const isTyping = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    // On the Persian keyboard the key of "/" writes "/" too; with a modifier it belongs to the browser.
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector("[data-search], input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const printer = event.target.closest("[data-print]");
    if (printer) window.print();
  });

  // The current place is seen even when the row of links is wider than a phone.
  const current = document.querySelector(".top-nav [aria-current]");
  if (current) current.scrollIntoView({ block: "nearest", inline: "center" });

  // After a refused form the reader begins at what has to be corrected.
  const focusFaults = (within) => {
    const faults = within.querySelector("[data-focus]");
    if (faults) faults.focus();
  };
  focusFaults(document);
  document.addEventListener("htmx:afterSwap", (event) => focusFaults(event.target));

  // Refusals and form faults come with a 4xx status: their words must be shown too.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { status } = event.detail.xhr;
    if (status >= 400 && status < 500 && event.detail.xhr.responseText) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  for (const shown of document.querySelectorAll("[data-js]")) shown.hidden = false;
})();
