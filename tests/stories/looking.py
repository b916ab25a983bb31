"""What every page of every story must be: accessible, as wide as its window, quiet, and in one language."""

from __future__ import annotations

import re
from functools import reduce

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Latin letters that Persian readers meet in Persian sentences.
KNOWN_LATIN = {"QR", "PDF", "Word", "Excel", "Ctrl", "CSV"}
# Texts a page shows but does not say: people's own words, names, numbers, what stands in another language by markup.
_NOT_OURS = "bdi, code, textarea, .person-text, [data-own]"
# What stands between these two marks keeps its own direction: a path, an address.
_ISOLATED = re.compile("[\u2066-\u2068].*?\u2069")
_TEXTS = """([lang, notOurs]) => {
  const other = lang === 'fa' ? '[lang=en], [dir=ltr]' : '[lang=fa], [dir=rtl]:not(html), [dir=auto]';
  const hidden = 'script, style, noscript, template, svg';
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest(hidden) || parent.closest(notOurs) || parent.closest(other)) continue;
    if (parent.tagName !== 'OPTION' && !parent.checkVisibility()) continue;
    found.push(node.data.trim());
  }
  for (const name of ['alt', 'aria-label', 'placeholder', 'title'])
    for (const one of document.querySelectorAll(`[${name}]`))
      if (!one.closest(notOurs) && !one.closest(other)) found.push(one.getAttribute(name));
  found.push(document.title);
  return found;
}"""
_WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1);
  });
  return out.slice(0, 5).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
}"""


def foreign_words(page: Page, lang: str, own: set[str]) -> list[str]:
    """Words in the wrong letters, but for those in `own`: names and subjects that the story itself brought."""
    found: list[str] = page.evaluate(_TEXTS, [lang, _NOT_OURS])
    pattern = r"[A-Za-z][A-Za-z'’-]+" if lang == "fa" else r"[\u0621-\u06cc]+"
    foreign = []
    for text in found:
        ours = reduce(lambda left, one: left.replace(one, ""), own, _ISOLATED.sub("", text))
        foreign += [f"{word} ({ours[:60]})" for word in re.findall(pattern, ours) if word not in KNOWN_LATIN]
    return foreign


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    # Only what fails: the rest would take longer to hand over than to find.
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]


def wider_than_window(page: Page) -> list[str]:
    """The parts that reach beyond the window's side."""
    found: list[str] = page.evaluate(_WIDER)
    return found
