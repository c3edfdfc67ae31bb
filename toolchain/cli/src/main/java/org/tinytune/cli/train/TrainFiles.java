package org.tinytune.cli.train;

import java.util.List;
import java.util.Locale;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.output.Json;
import org.tinytune.cli.report.ModelView;
import org.tinytune.cli.report.Page;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.Samples;
import org.tinytune.nas.Digests;
import org.tinytune.tflite.TfliteWriter;
import org.tinytune.train.Epoch;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.TrainingResult;

/** Opens the test part, once, and writes what a training leaves behind. */
final class TrainFiles {
    static final String MODEL = "model.tflite";
    static final String REPORT = "report.html";
    static final String SUMMARY = "summary.json";

    private final TrainRun run;
    private final TrainingResult result;
    private final RunFolder folder;

    /** What the report's page draws. */
    private record ReportData(TrainSummary summary, List<Epoch> history, ModelView model, String provenanceLine) {}

    /**
     * {@code provenance.json}: everything that the model follows from.
     *
     * @param schemaVersion raised when a key changes its meaning
     * @param command that made it
     * @param version of tinytune
     * @param commit that it was built from
     * @param jdk that ran it; the model does not depend on it
     * @param data the data set
     * @param declaration what the model's file says
     * @param seed of everything
     * @param modelSha256 of the model's file
     */
    private record TrainProvenance(
            int schemaVersion,
            String command,
            String version,
            String commit,
            String jdk,
            Provenance.Data data,
            String declaration,
            long seed,
            String modelSha256) {}

    TrainFiles(TrainRun run, TrainingResult result, RunFolder folder) {
        this.run = run;
        this.result = result;
        this.folder = folder;
    }

    /** Writes model, provenance, report and summary, in this order. */
    TrainSummary write() {
        Samples test = run.training().test().open();
        int threads = run.training().config().threads();
        Evaluation floatTest = Evaluator.evaluate(result.floatGraph(), test, threads);
        Evaluation int8Test = Evaluator.evaluate(result.int8Graph(), test, threads);
        Plan plan = Simulator.of(result.int8Graph()).plan();
        TrainSummary summary = TrainSummary.of(run, result, plan, floatTest, int8Test);
        byte[] model = TfliteWriter.write(result.int8Graph());
        // What an earlier run says is not true of this model, should this run be ended before its end.
        List.of(SUMMARY, REPORT, Provenance.FILE_NAME).forEach(folder::remove);
        folder.write(MODEL, model);
        TrainProvenance provenance = provenance(Digests.sha256(model));
        folder.write(Provenance.FILE_NAME, Json.text(provenance));
        ModelView view = ModelView.of(result.int8Graph(), plan, int8Test.confusion());
        folder.write(REPORT, Page.html("train", new ReportData(summary, result.history(), view, line(provenance))));
        folder.write(SUMMARY, Json.text(summary));
        return summary;
    }

    private TrainProvenance provenance(String modelSha256) {
        BuildInfo build = BuildInfo.load();
        return new TrainProvenance(
                Provenance.SCHEMA_VERSION,
                "train",
                build.version(),
                build.commit(),
                Runtime.version().toString(),
                new Provenance.Data(
                        run.data().toAbsolutePath().normalize().toString(),
                        run.dataset().fingerprint()),
                run.file().settings(),
                run.seed(),
                modelSha256);
    }

    private static String line(TrainProvenance p) {
        return String.format(
                Locale.ROOT,
                "tinytune %s (commit %s), seed %d, data %s, model SHA-256 %s",
                p.version(),
                p.commit(),
                p.seed(),
                p.data().fingerprint(),
                p.modelSha256());
    }
}
