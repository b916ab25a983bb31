// Draws each [data-chart] from the JSON it names (takrim.web.parts.charts.Chart.data). The table beside it says the same.
"use strict";

(() => {
  const rtl = document.documentElement.dir === "rtl";
  const numbers = new Intl.NumberFormat(rtl ? "fa-IR" : "en", { maximumFractionDigits: 1 });
  const TONES = ["accent", "info", "warn", "ok", "late", "plain"];
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // A long name beside a lying bar stands in two lines or three: a chart gives names at most half of its width.
  const inLines = (name, most) =>
    String(name).split(" ").reduce((lines, word) => {
      const last = lines.at(-1);
      return last && last.length + word.length < most ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
    }, []);

  const axis = (data, isValue, isAcross) => ({
    stacked: data.stacked,
    // Half a step of room at both ends: otherwise the words at the edges of a line chart are cut.
    ...(!isValue && { offset: true }),
    // The first rank stands at the top.
    reverse: isAcross ? rtl : data.kind === "ranks",
    position: isAcross ? "bottom" : rtl ? "right" : "left",
    beginAtZero: data.kind !== "ranks",
    ...(data.kind === "ranks" && isValue && { min: 1 }),
    grid: { color: colour("line"), display: isValue },
    border: { display: false },
    ticks: {
      color: colour("muted"),
      // The names beside lying bars are all read; months below standing ones may leave some out.
      autoSkip: isValue || isAcross,
      autoSkipPadding: 12,
      maxRotation: 45,
      ...(!isValue && !isAcross && {
        callback(place) {
          return inLines(this.getLabelForValue(place), this.chart.width / 18);
        },
      }),
      ...(isValue && {
        precision: data.percent ? undefined : 0,
        callback: (value) => (data.percent ? `${numbers.format(value * 100)}${rtl ? "٪" : "%"}` : numbers.format(value)),
      }),
    },
  });

  // From ten cases to a hundred thousand: only a logarithmic axis shows both.
  const scatterAxis = (name, isAcross) => {
    const found = axis({}, true, isAcross);
    return { ...found, ...(isAcross && { type: "logarithmic" }), title: { display: true, text: name, color: colour("muted") } };
  };

  const scatter = (data) => {
    const [across, upwards] = data.series;
    const points = data.labels.map((_, place) => ({ x: across.values[place], y: upwards.values[place] }));
    const words = data.labels.map((label, place) => `${label}: ${across.words[place]} · ${upwards.words[place]}`);
    const tone = colour("accent");
    return [{ data: points, words, backgroundColor: tone, borderColor: tone, pointRadius: 5, pointHoverRadius: 7 }];
  };

  const series = (data) =>
    data.kind === "scatter" ? scatter(data) : data.series.map((one, place) => {
      const tone = colour(one.tone || TONES[place % TONES.length]);
      const look = { label: one.name, data: one.values, words: one.words };
      if (data.kind === "doughnut") {
        return { ...look, backgroundColor: data.labels.map((_, part) => colour(TONES[part % TONES.length])), borderColor: colour("surface") };
      }
      if (data.kind === "line" || data.kind === "ranks") {
        const tension = data.kind === "line" ? 0.25 : 0;
        return { ...look, borderColor: tone, backgroundColor: tone, borderWidth: 2.5, pointRadius: 3, tension, spanGaps: false, clip: 8 };
      }
      return { ...look, backgroundColor: tone, borderRadius: 4, maxBarThickness: 34 };
    });

  const options = (data) => {
    const lying = data.kind === "hbar";
    const round = data.kind === "doughnut";
    const points = data.kind === "scatter";
    const scales = points
      ? { x: scatterAxis(data.series[0].name, true), y: scatterAxis(data.series[1].name, false) }
      : { x: axis(data, lying, true), y: axis(data, !lying, false) };
    return {
      indexAxis: lying ? "y" : "x",
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      locale: rtl ? "fa-IR" : "en",
      // Without room the last word at the edge of a right-to-left axis is cut.
      layout: { padding: { left: 8, right: 8, top: 4 } },
      ...(round ? { cutout: "62%" } : { scales }),
      plugins: {
        legend: {
          display: !points && (round || data.series.length > 1),
          position: "bottom",
          rtl,
          textDirection: rtl ? "rtl" : "ltr",
          labels: { color: colour("ink"), usePointStyle: true, boxHeight: 8, padding: 16 },
        },
        tooltip: {
          rtl,
          textDirection: rtl ? "rtl" : "ltr",
          callbacks: {
            label: ({ dataset, dataIndex }) =>
              points ? dataset.words[dataIndex] : `${round ? data.labels[dataIndex] : dataset.label}: ${dataset.words[dataIndex]}`,
          },
        },
      },
    };
  };

  const draw = (box) => {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const kind = { hbar: "bar", ranks: "line" }[data.kind] || data.kind;
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
