// Draws each [data-chart] from the JSON it names (takrim.web.parts.charts.Chart.data). The table beside it says the same.
"use strict";

(() => {
  const rtl = document.documentElement.dir === "rtl";
  const numbers = new Intl.NumberFormat(rtl ? "fa-IR" : "en", { maximumFractionDigits: 1 });
  const TONES = ["accent", "info", "warn", "ok", "late", "plain"];
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const axis = (data, isValue, isAcross) => ({
    stacked: data.stacked,
    // Half a step of room at both ends: otherwise the words at the edges of a line chart are cut.
    ...(!isValue && { offset: true }),
    reverse: rtl && isAcross,
    position: isAcross ? "bottom" : rtl ? "right" : "left",
    beginAtZero: true,
    grid: { color: colour("line"), display: isValue },
    border: { display: false },
    ticks: {
      color: colour("muted"),
      // The names beside lying bars are all read; months below standing ones may leave some out.
      autoSkip: isValue || isAcross,
      autoSkipPadding: 12,
      maxRotation: 45,
      ...(isValue && {
        precision: data.percent ? undefined : 0,
        callback: (value) => (data.percent ? `${numbers.format(value * 100)}${rtl ? "٪" : "%"}` : numbers.format(value)),
      }),
    },
  });

  const series = (data) =>
    data.series.map((one, place) => {
      const tone = colour(one.tone || TONES[place % TONES.length]);
      const look = { label: one.name, data: one.values, words: one.words };
      if (data.kind === "doughnut") {
        return { ...look, backgroundColor: data.labels.map((_, part) => colour(TONES[part % TONES.length])), borderColor: colour("surface") };
      }
      if (data.kind === "line") {
        return { ...look, borderColor: tone, backgroundColor: tone, borderWidth: 2.5, pointRadius: 3, tension: 0.25, spanGaps: false };
      }
      return { ...look, backgroundColor: tone, borderRadius: 4, maxBarThickness: 34 };
    });

  const options = (data) => {
    const lying = data.kind === "hbar";
    const round = data.kind === "doughnut";
    return {
      indexAxis: lying ? "y" : "x",
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      locale: rtl ? "fa-IR" : "en",
      // Without room the last word at the edge of a right-to-left axis is cut.
      layout: { padding: { left: 8, right: 8, top: 4 } },
      ...(round ? { cutout: "62%" } : { scales: { x: axis(data, lying, true), y: axis(data, !lying, false) } }),
      plugins: {
        legend: {
          display: round || data.series.length > 1,
          position: "bottom",
          rtl,
          textDirection: rtl ? "rtl" : "ltr",
          labels: { color: colour("ink"), usePointStyle: true, boxHeight: 8, padding: 16 },
        },
        tooltip: {
          rtl,
          textDirection: rtl ? "rtl" : "ltr",
          callbacks: {
            label: ({ dataset, dataIndex }) => `${round ? data.labels[dataIndex] : dataset.label}: ${dataset.words[dataIndex]}`,
          },
        },
      },
    };
  };

  const draw = (box) => {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const kind = data.kind === "hbar" ? "bar" : data.kind;
    box.hidden = false;
    drawn.push(
      new Chart(box.querySelector("canvas"), { type: kind, data: { labels: data.labels, datasets: series(data) }, options: options(data) }),
    );
  };

  const drawAll = () => {
    while (drawn.length) drawn.pop().destroy();
    Chart.defaults.font.family = "Vazirmatn, sans-serif";
    Chart.defaults.font.size = 13;
    document.querySelectorAll("[data-chart]").forEach(draw);
  };

  // A canvas does not wait for a font by itself.
  document.fonts.load("16px Vazirmatn", "۱۲۳ابپ").finally(drawAll);
  document.addEventListener("takrim:theme", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
