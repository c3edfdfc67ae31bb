package org.tinytune.cli.train;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.model.TrainProvenance;
import org.tinytune.cli.output.Json;
import org.tinytune.cli.report.ModelView;
import org.tinytune.cli.report.ModelView.Confusion;
import org.tinytune.cli.report.Page;
import org.tinytune.cli.report.TaskView;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.FeatureSamples;
import org.tinytune.nas.Digests;
import org.tinytune.tflite.TfliteWriter;
import org.tinytune.train.Epoch;
import org.tinytune.train.Evaluator;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.quantize.Dequantization;

/** Opens the test part, once, and writes what a training leaves behind. */
final class TrainFiles {
    static final String MODEL = "model.tflite";
    static final String REPORT = "report.html";
    static final String SUMMARY = "summary.json";

    private final TrainRun run;
    private final TrainingResult result;
    private final RunFolder folder;
    private final Optional<Graph> teacher;
    private final List<String> notes;

    /** What the report's page draws. */
    private record ReportData(
            TrainSummary summary, List<Epoch> history, ModelView model, TaskView task, String provenanceLine) {}

    /**
     * @param teacher the network that the model learnt from, if any
     * @param notes what went otherwise than was asked for
     */
    TrainFiles(TrainRun run, TrainingResult result, RunFolder folder, Optional<Graph> teacher, List<String> notes) {
        this.run = run;
        this.result = result;
        this.folder = folder;
        this.teacher = teacher;
        this.notes = notes;
    }

    /**
     * Writes model, provenance, report and summary, once all of them are known, in place of those of an earlier run.
     */
    TrainSummary write() {
        Samples test = run.training().test().open();
        int threads = run.training().config().threads();
        Samples seen = FeatureSamples.seenBy(result.int8Graph(), test, Parallel.of(threads));
        TestScore floatTest = TestScore.of(result.floatGraph(), seen, run.seed(), threads);
        TestScore int8Test = TestScore.of(result.int8Graph(), test, run.seed(), threads);
        Plan plan = Simulator.of(result.int8Graph()).plan();
        TrainSummary summary = TrainSummary.of(run, result, plan, floatTest, int8Test, teacher(seen, threads), notes);
        TaskView view = TaskView.of(result.int8Graph(), test, floatTest.predictions(), int8Test.predictions());
        byte[] model = TfliteWriter.write(result.int8Graph());
        TrainProvenance provenance = provenance(Digests.sha256(model));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MODEL, model);
        files.put(Provenance.FILE_NAME, utf8(Json.text(provenance)));
        files.put(REPORT, utf8(Page.html("train", reportData(summary, plan, int8Test, view, line(provenance)))));
        files.put(SUMMARY, utf8(Json.text(summary)));
        folder.replace(files);
        return summary;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ReportData reportData(
            TrainSummary summary, Plan plan, TestScore int8Test, TaskView view, String provenanceLine) {
        Optional<Confusion> confusion = int8Test.confusion().map(c -> new Confusion(c.labels(), c.counts()));
        return new ReportData(
                summary, result.history(), ModelView.of(result.int8Graph(), plan, confusion), view, provenanceLine);
    }

    private Optional<TrainSummary.Teacher> teacher(Samples test, int threads) {
        return run.teacher()
                .map(source -> new TrainSummary.Teacher(
                        source.file().toString(),
                        source.sha256(),
                        Evaluator.evaluate(Dequantization.of(teacher.orElseThrow()), test, threads)
                                .accuracy()));
    }

    private TrainProvenance provenance(String modelSha256) {
        BuildInfo build = BuildInfo.load();
        return new TrainProvenance(
                Provenance.SCHEMA_VERSION,
                TrainProvenance.COMMAND,
                build.version(),
                build.commit(),
                Runtime.version().toString(),
                Provenance.Data.of(run.data(), run.dataset(), run.recordings()),
                run.file().settings(),
                run.teacher().map(TeacherSource::provenance),
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
