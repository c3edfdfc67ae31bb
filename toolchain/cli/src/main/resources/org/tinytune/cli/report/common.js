"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const { summary } = report;
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const percent = x => (100 * x).toFixed(2) + " %";
const number = x => x.toLocaleString("en", { maximumFractionDigits: x < 100 ? 1 : 0 });
const duration = us => us < 1000 ? number(us) + " µs" : number(us / 1000) + " ms";

function element(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, v));
  e.append(...children);
  return e;
}

function table(target, columns, rows, rowClass = () => "") {
  const cell = (tag, column, content) => element(tag, column.text ? { class: "text" } : {}, content);
  const head = element("tr", {}, ...columns.map(c => cell("th", c, c.name)));
  const body = rows.map(r => element("tr", { class: rowClass(r) }, ...columns.map(c => cell("td", c, String(c.of(r))))));
  document.getElementById(target).append(element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}

function headline(title, subtitle, items) {
  document.getElementById("title").textContent = title;
  document.getElementById("subtitle").textContent = subtitle;
  document.getElementById("figures").append(
    ...items.map(([value, label]) => element("div", {}, element("b", {}, value), element("span", {}, label))));
  document.getElementById("provenance").textContent = report.provenanceLine;
}

function base(x, y) {
  const soft = colour("--soft"), line = colour("--line");
  const axis = text => ({ title: { display: true, text, color: soft }, ticks: { color: soft }, grid: { color: line } });
  return { animation: false, maintainAspectRatio: false, scales: { x: axis(x), y: axis(y) } };
}

// Labels at 1, 2 and 5 of each decade, as many as there is room for.
function logarithmic(axis) {
  axis.type = "logarithmic";
  const leading = value => Number(value.toExponential(3).split("e")[0]);
  Object.assign(axis.ticks, { autoSkip: true, autoSkipPadding: 12, maxRotation: 0,
    callback: value => [1, 2, 5].includes(leading(value)) ? String(Number(value.toPrecision(2))) : null });
}

const legend = () => ({ labels: { color: colour("--ink") } });

// A curve of training and, where there is one, validation: part is "Score" or "Loss", as in the keys of an epoch.
function learning(target, part, factor, axis, scale = "linear") {
  const h = report.history;
  const names = { FLOAT: "in float", PRUNED: "after pruning", INT8: "in integers" };
  // The score before a phase stands where the phase before it ended: it is no epoch.
  let trained = 0;
  const epochs = h.map(e => e.number === 0 ? trained : ++trained);
  const line = (who, phase, c, dash) => {
    const key = who + part;
    const shown = e => e.phase === phase && e[key] !== null;
    return {
      label: `${who}, ${names[phase]}`,
      data: h.map((e, i) => ({ x: epochs[i], y: shown(e) ? factor * e[key] : null })),
      borderColor: c, backgroundColor: c, borderDash: dash, borderWidth: 2, spanGaps: false,
      pointRadius: h.filter(shown).length === 1 ? 3 : 0, // a line needs two
    };
  };
  const colours = { FLOAT: "--soft", PRUNED: "--ink", INT8: "--accent" };
  const phases = Object.keys(colours).filter(phase => phase !== "PRUNED" || h.some(e => e.phase === phase));
  const data = phases.map(phase => line("training", phase, colour(colours[phase]), []));
  if (h.some(e => e.validationScore !== null)) {
    data.push(...phases.map(phase => line("validation", phase, colour(colours[phase]), [4, 3])));
  }
  const options = base("epoch", axis);
  options.scales.x.type = "linear";
  if (scale === "logarithmic") {
    logarithmic(options.scales.y);
  }
  options.plugins = { legend: legend(), tooltip: { callbacks: {
    title: c => {
      const e = h[c[0].dataIndex];
      return e.number === 0 ? `before any epoch ${names[e.phase]}` : `epoch ${c[0].parsed.x}, ${names[e.phase]}`;
    } } } };
  new Chart(document.getElementById(target), { type: "line", data: { datasets: data }, options });
}

function confusion() {
  const { labels, counts } = report.model.confusion;
  const head = element("tr", {}, element("th", { class: "text" }, "is ↓ taken for →"),
    ...labels.map(l => element("th", {}, l)));
  const rows = counts.map((row, i) => {
    const total = row.reduce((a, b) => a + b, 0) || 1;
    return element("tr", {}, element("th", { class: "text" }, labels[i]), ...row.map((n, j) => {
      const tint = i === j ? `rgba(var(--accent-rgb), ${0.75 * n / total})` : n ? `rgba(200, 85, 61, ${Math.min(0.9, 0.2 + 3 * n / total)})` : "none";
      return element("td", { style: `background:${tint}`, title: `${labels[i]} taken for ${labels[j]}: ${n} of ${total}` }, n ? String(n) : "·");
    }));
  });
  document.getElementById("confusion").append(element("table", { class: "confusion" }, head, ...rows));
}

function arena() {
  const { bytes, lowerBoundBytes, unstreamedBytes, steps, columnsPerStep, tensors } = report.model.arena;
  const svgNs = "http://www.w3.org/2000/svg";
  const width = 474, height = 300, left = 60, bottom = 22;
  const make = (tag, attributes, text = "") => {
    const e = document.createElementNS(svgNs, tag);
    Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, v));
    e.textContent = text;
    return e;
  };
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "arena over time and address" });
  const x = column => left + (width - left) * column / (steps.length * columnsPerStep);
  const y = address => (height - bottom) * (1 - address / bytes);
  svg.append(make("line", { class: "axis", x1: left, x2: width, y1: y(0), y2: y(0) }),
    make("line", { class: "axis", x1: left, x2: left, y1: y(0), y2: y(bytes) }),
    make("text", { class: "soft", x: left - 4, y: 10, "text-anchor": "end" }, bytes + " B"),
    make("text", { class: "soft", x: left - 4, y: y(0), "text-anchor": "end" }, "0"),
    make("text", { class: "soft", x: left, y: height - 4 }, `step 0 to ${steps.length - 1} →`));
  const labelled = [];
  tensors.filter(t => t.begins.length > 0).forEach((t, i) => {
    // Upper edge from left to right, then the lower edge back; a streamed tensor fills up and drains in steps.
    const w = x(t.begins.length) - left, h = Math.max(1, y(t.offset) - y(t.offset + t.bytes));
    const edge = addresses => addresses.flatMap((a, k) =>
      [[x(t.firstColumn + k), y(a)], [x(t.firstColumn + k + 1), y(a)]]);
    const outline = [...edge(t.ends), ...edge(t.begins).reverse()];
    const box = make("polygon", { points: outline.map(p => p.map(v => v.toFixed(1)).join(",")).join(" "),
      fill: `hsl(${(i * 47) % 360} 45% 55% / 0.75)` });
    box.append(make("title", {}, `${t.name}: ${t.bytes} B at ${t.offset}, steps ${t.firstStep} to ${t.lastStep}`));
    svg.append(box);
    // Tensors that take the place of others, and boxes that are too small, are named by their tooltips only.
    const at = { x: x(t.firstColumn) + 4, y: y(Math.min(...t.ends)) + 12 };
    const text = `${t.name.split("/")[0]} ${t.bytes}`;
    const end = at.x + 6 * text.length;
    const taken = labelled.some(l => Math.abs(l.y - at.y) < 12 && l.x < end && at.x < l.end);
    if (h > 13 && end < x(t.firstColumn) + w && !taken) {
      svg.append(make("text", at, text));
      labelled.push({ ...at, end });
    }
  });
  const saved = unstreamedBytes - bytes;
  const figures = document.createElement("p");
  figures.textContent = `${number(bytes)} B, lower bound of the layout ${number(lowerBoundBytes)} B`
    + (saved > 0 ? `; streaming rows saves ${number(saved)} B` : "");
  document.getElementById("arena").append(svg, figures);
}

function operators() {
  table("operators", [
    { name: "#", of: o => o.step }, { name: "operator", text: true, of: o => o.operator }, { name: "output", text: true, of: o => o.shape },
    { name: "MACs", of: o => number(o.macs) }, { name: "weights, B", of: o => number(o.weightBytes) },
  ], report.model.operators);
}

