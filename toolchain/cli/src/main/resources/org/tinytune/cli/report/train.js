const [low, high] = summary.int8TestAccuracyInterval;
const epochs = report.history;
headline(
  `${summary.model.name} on ${summary.dataset.name}`,
  `${epochs.filter(e => e.phase === "FLOAT").length} epochs in float, `
  + (summary.prunedEpochs > 0 ? `${summary.prunedEpochs} after pruning, ` : "")
  + `${epochs.filter(e => e.phase === "INT8" && e.number > 0).length} in integers, seed ${summary.seed}`,
  [
    [percent(summary.int8TestAccuracy), `int8 test accuracy (95 %: ${percent(low)} to ${percent(high)})`],
    [percent(summary.floatTestAccuracy), "float test accuracy"],
    [number(summary.model.parameters), "parameters"],
    [number(summary.model.macs), "MACs an inference"],
    [number(summary.model.arenaBytes) + " B", "arena"],
    [number(summary.model.weightBytes) + " B", "weights"],
  ]);
learning("accuracy", "Score", 100, "accuracy, %");
learning("loss", "Loss", 1, "loss");
confusion();
arena();
operators();
