const epochs = report.history;
const classes = summary.task === "classification";
const precise = x => x === null ? "n/a"
  : x !== 0 && (Math.abs(x) < 0.001 || Math.abs(x) >= 10000) ? x.toExponential(3) : x.toFixed(4);

// The figures that a task is judged by: [value, label] of each.
function judged() {
  if (classes) {
    const [low, high] = summary.int8TestAccuracyInterval;
    return [
      [percent(summary.int8TestAccuracy), `int8 test accuracy (95 %: ${percent(low)} to ${percent(high)})`],
      [percent(summary.floatTestAccuracy), "float test accuracy"],
    ];
  }
  return summary.int8TestMetrics.filter(m => ["RMSE", "R²", "ROC-AUC"].includes(m.metric)).slice(0, 4).map(m => [
    precise(m.value),
    `int8 test ${m.metric}${m.of === null ? "" : " of " + m.of} (95 %: ${precise(m.interval[0])} to ${precise(m.interval[1])})`,
  ]);
}

function metrics() {
  const floats = summary.floatTestMetrics;
  const same = (a, b) => a.metric === b.metric && a.of === b.of;
  const shown = m => m === undefined ? "" : precise(m.value);
  table("metrics", [
    { name: "metric", text: true, of: m => m.metric }, { name: "of", text: true, of: m => m.of ?? "all" },
    { name: "int8", of: shown }, { name: "from", of: m => precise(m.interval[0]) }, { name: "to", of: m => precise(m.interval[1]) },
    { name: "float", of: m => shown(floats.find(f => same(f, m))) },
  ], summary.int8TestMetrics);
}

// A heading, and a canvas below it, in a column of their own.
function drawing(title, note) {
  const canvas = element("canvas");
  document.getElementById("task").append(element("div", {}, element("h2", {}, title),
    ...(note ? [element("p", { class: "note" }, note)] : []), element("div", { class: "chart" }, canvas)));
  return canvas;
}

const dots = (label, data, c) => ({ type: "scatter", label, data, borderColor: c, backgroundColor: c, pointRadius: 2 });
const curve = (label, data, c, dash = []) => ({
  type: "line", label, data, borderColor: c, backgroundColor: c, borderDash: dash, borderWidth: 2, pointRadius: 0 });

// What is predicted over what is true: a perfect model has all points on the diagonal.
function predictedOverTrue({ name, truth, floatPredicted, int8Predicted }) {
  const ends = [truth.reduce((a, b) => Math.min(a, b)), truth.reduce((a, b) => Math.max(a, b))];
  const points = predicted => truth.map((x, i) => ({ x, y: predicted[i] }));
  const options = base(`true ${name}`, `predicted ${name}`);
  options.scales.x.type = "linear";
  options.plugins = { legend: legend() };
  new Chart(drawing(`${name}: predicted over true`), { data: { datasets: [
    dots("int8", points(int8Predicted), colour("--accent")),
    dots("float", points(floatPredicted), colour("--soft")),
    curve("perfect", ends.map(x => ({ x, y: x })), colour("--ink"), [4, 3]),
  ] }, options });
}

function receiverOperatingCharacteristic({ floatCurve, int8Curve }) {
  const points = c => c.map(p => ({ x: 100 * p.falsePositives, y: 100 * p.truePositives }));
  const options = base("false alarms, % of normal samples", "anomalies found, %");
  options.scales.x.type = "linear";
  // Room around, so that the curve of a perfect detector does not lie on the axes.
  const around = { min: -2, max: 102, afterBuildTicks: axis => { axis.ticks = [0, 20, 40, 60, 80, 100].map(value => ({ value })); } };
  Object.assign(options.scales.x, around);
  Object.assign(options.scales.y, around);
  options.plugins = { legend: legend() };
  new Chart(drawing("ROC curve"), { data: { datasets: [
    curve("int8", points(int8Curve), colour("--accent")), curve("float", points(floatCurve), colour("--soft"), [4, 3]),
  ] }, options });
}

function errors({ histogram, threshold }) {
  // Shares of either kind, as there are often many more of one.
  const share = kind => {
    const all = histogram.reduce((sum, bin) => sum + bin[kind], 0) || 1;
    return histogram.map(bin => 100 * bin[kind] / all);
  };
  const normal = share("normal"), anomalies = share("anomalies");
  const most = Math.max(...normal, ...anomalies);
  const filled = (label, data, c) => ({ ...curve(label, data, c), stepped: "after", fill: "origin", backgroundColor: c + "55" });
  const options = base("reconstruction error, int8", "% of the samples of either kind");
  logarithmic(options.scales.x);
  options.plugins = { legend: legend() };
  // "after" draws the level of a point from the one before it on: each bin's share stands at its far end.
  const levels = shares => [{ x: histogram[0].from, y: 0 }, ...histogram.map((bin, i) => ({ x: bin.to, y: shares[i] }))];
  const datasets = [filled("normal", levels(normal), colour("--accent")), filled("anomalies", levels(anomalies), colour("--warm"))];
  if (threshold !== null) {
    datasets.push(curve(`threshold ${precise(threshold)}`, [{ x: threshold, y: 0 }, { x: threshold, y: most }], colour("--ink"), [4, 3]));
  }
  new Chart(drawing("Reconstruction errors", "Above the threshold, a sample is taken for an anomaly."), { data: { datasets }, options });
}

headline(
  `${summary.model.name} on ${summary.dataset.name}`,
  `${summary.task}, `
  + `${epochs.filter(e => e.phase === "FLOAT").length} epochs in float, `
  + (summary.prunedEpochs > 0 ? `${summary.prunedEpochs} after pruning, ` : "")
  + `${epochs.filter(e => e.phase === "INT8" && e.number > 0).length} in integers, seed ${summary.seed}`
  + (summary.teacher ? `, taught by ${summary.teacher.file} (float test accuracy ${percent(summary.teacher.floatTestAccuracy)})` : ""),
  [
    ...judged(),
    [number(summary.model.parameters), "parameters"],
    [number(summary.model.macs), "MACs an inference"],
    [number(summary.model.arenaBytes) + " B", "arena"],
    [number(summary.model.weightBytes) + " B", "weights"],
  ]);
document.getElementById("notes").append(...summary.notes.map(note => element("p", {}, `Note: ${note}`)));
document.getElementById("score-title").textContent = `${summary.score[0].toUpperCase()}${summary.score.slice(1)} by epoch`;
// What is an error falls by orders of magnitude.
const scale = classes ? "linear" : "logarithmic";
const scoreAxis = { classification: "accuracy, %", regression: `${summary.score} of standardized quantities` }[summary.task] ?? summary.score;
learning("score", "Score", classes ? 100 : 1, scoreAxis, scale);
learning("loss", "Loss", 1, "loss", scale);
report.task.quantities.forEach(predictedOverTrue);
if (report.task.detection) {
  receiverOperatingCharacteristic(report.task.detection);
  errors(report.task.detection);
}
if (document.getElementById("task").children.length === 0) {
  document.getElementById("task").remove();
}
metrics();
if (!classes) {
  document.getElementById("wilson").remove();
}
if (report.model.confusion) {
  confusion();
} else {
  document.getElementById("confusion-part").remove();
}
arena();
operators();
