// A tablet that nobody touches goes back to its beginning, so that the next person finds nothing of the one before.
const { idle, start } = document.body.dataset;
const pause = Number(idle) * 1000;
let timer;

const begin = () => {
  clearTimeout(timer);
  timer = setTimeout(() => location.replace(start), pause);
};

for (const sign of ["pointerdown", "keydown", "scroll"]) document.addEventListener(sign, begin, { passive: true });
// What the browser kept of the screens before is not shown again.
addEventListener("pageshow", (event) => (event.persisted ? location.replace(start) : begin()));
begin();
