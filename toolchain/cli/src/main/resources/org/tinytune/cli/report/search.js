const units = { ramBytes: "B of RAM", flashBytes: "B of flash", latencyMicros: "µs of latency" };
const parameter = v => typeof v === "number" && !Number.isInteger(v) ? v.toPrecision(3) : v;

function figures() {
  const b = summary.best;
  const [low, high] = b.int8TestAccuracyInterval;
  const items = [
    [percent(b.int8TestAccuracy), `int8 test accuracy (95 %: ${percent(low)} to ${percent(high)})`],
    [percent(b.floatTestAccuracy), "float test accuracy"],
    [number(b.ramBytes) + " B", "RAM, stack included"],
    [number(b.flashBytes) + " B", "flash"],
    [duration(b.latencyMicros), "latency, " + report.latencySource],
    [number(b.energyMicrojoules) + " µJ", "energy per inference, estimate"],
  ];
  headline(
    `${report.datasetName} on ${report.boardName}`,
    `${summary.trials.filter(t => t.state === "complete").length} trained candidates, `
    + `${summary.trials.filter(t => t.state === "infeasible").length} rejected before training, seed ${summary.seed}`,
    items);
}

let paretoChart;
function pareto(cost) {
  const front = new Set(summary.paretoFront);
  const trained = summary.trials.filter(t => t.state === "complete");
  const point = t => ({ x: t.figures[cost.key] / cost.divisor, y: 100 * t.figures.int8ValidationAccuracy, trial: t });
  const set = (label, trials, style) => ({ label, data: trials.map(point), ...style });
  const accent = colour("--accent"), soft = colour("--soft"), warm = colour("--warm");
  if (paretoChart) paretoChart.destroy();
  paretoChart = new Chart(document.getElementById("pareto"), {
    type: "scatter",
    data: { datasets: [
      set("chosen", trained.filter(t => t.number === summary.best.trial), { backgroundColor: warm, pointRadius: 8 }),
      set("Pareto front", trained.filter(t => front.has(t.number)), { backgroundColor: accent, pointRadius: 6 }),
      set("other", trained.filter(t => !front.has(t.number)), { borderColor: soft, backgroundColor: "transparent", pointRadius: 5 }),
    ] },
    options: {
      ...base(cost.name, "int8 validation accuracy, %"),
      plugins: { legend: legend(), tooltip: { callbacks: { label: c => describe(c.raw.trial) } } },
    },
  });
}

function describe(t) {
  return [`trial ${t.number}: ${percent(t.figures.int8ValidationAccuracy)}`,
    `${number(t.figures.ramBytes)} B RAM, ${number(t.figures.flashBytes)} B flash, ${duration(t.figures.latencyMicros)}`,
    ...Object.entries(t.parameters).map(([k, v]) => `${k} = ${parameter(v)}`)];
}

function costChoice() {
  const costs = [
    { key: "latencyMicros", name: "latency, ms", divisor: 1000 },
    { key: "ramBytes", name: "RAM, bytes", divisor: 1 },
    { key: "flashBytes", name: "flash, bytes", divisor: 1 },
  ];
  const buttons = costs.map(c => element("button", {}, c.name));
  buttons.forEach((button, i) => button.addEventListener("click", () => {
    buttons.forEach(b => b.setAttribute("aria-pressed", String(b === button)));
    pareto(costs[i]);
  }));
  document.getElementById("cost-axis").append(...buttons);
  buttons[0].click();
}

function playOff() {
  const validation = new Map(summary.trials.map(t => [t.number, t.figures.int8ValidationAccuracy]));
  document.getElementById("play-off").hidden = summary.playOff.length === 0;
  table("standings", [
    { name: "trial", of: s => s.trial }, { name: "int8, all folds", of: s => percent(s.accuracy) },
    { name: "int8 validation", of: s => percent(validation.get(s.trial)) }, { name: "folds", of: s => s.folds },
  ], summary.playOff, s => s.trial === summary.best.trial ? "best" : "");
}

figures();
costChoice();
playOff();
learning("learning", "Score", 100, "accuracy, %");
confusion();
arena();
operators();
table("trials", [
  { name: "trial", of: t => t.number }, { name: "state", text: true, of: t => t.state },
  { name: "int8 validation", of: t => t.state === "complete" ? percent(t.figures.int8ValidationAccuracy) : "–" },
  { name: "RAM, B", of: t => t.figures.ramBytes ?? "–" }, { name: "flash, B", of: t => t.figures.flashBytes ?? "–" },
  { name: "latency", of: t => t.figures.latencyMicros === undefined ? "–" : duration(t.figures.latencyMicros) },
  { name: "over by", text: true, of: t => Object.entries(t.over ?? {}).filter(([, v]) => v > 0).map(([k, v]) => `${number(v)} ${units[k]}`).join(", ") },
  { name: "parameters", text: true, of: t => Object.entries(t.parameters).map(([k, v]) => `${k}=${parameter(v)}`).join(" ") },
], summary.trials, t => t.number === summary.best.trial ? "best" : t.state === "infeasible" ? "infeasible" : "");
