package org.tinytune.cli.search;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.output.Json;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.profile.ProfileSamples;
import org.tinytune.cli.report.Page;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.nas.Digests;
import org.tinytune.nas.FeatureSpace;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.nas.SearchRequest;
import org.tinytune.nas.SearchResult;
import org.tinytune.tflite.TfliteWriter;

/** Writes what a search leaves behind, and profiles the chosen model where the tools for it are installed. */
final class SearchFiles {
    private static final String MODEL = "best.tflite";
    private static final String REPORT = "report.html";
    private static final String SUMMARY = "summary.json";

    private static final int MIN_PROFILED_SAMPLES = 20;
    private static final int MAX_PROFILED_SAMPLES = 400;
    /** What an emulator runs in half a minute. */
    private static final long PROFILED_MACS = 200_000_000;

    private final SearchRequest request;
    private final SearchResult result;
    private final RunFolder run;
    private final RecordingOptions recordings;

    /** @param recordings how the user said that they are read */
    SearchFiles(SearchRequest request, SearchResult result, RunFolder run, RecordingOptions recordings) {
        this.request = request;
        this.result = result;
        this.run = run;
        this.recordings = recordings;
    }

    /**
     * Profiles the model, and writes model, library, provenance, report and summary, once all of them are known, in
     * place of those of an earlier run.
     */
    SearchSummary write(Progress progress) {
        Board board = request.board();
        Graph graph = result.model().int8Graph();
        ProfileSummary profiled = SearchProfile.run(graph, board, inputs(graph), progress);
        SearchSummary summary = SearchSummary.of(request, result, profiled, MODEL);
        byte[] model = TfliteWriter.write(graph);
        Provenance provenance = provenance(summary, Digests.sha256(model));
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(MODEL, model);
        new FootprintMeter(board)
                .withinRam(request.limits().ramBytes())
                .library(graph)
                .files()
                .forEach((name, text) -> files.put(SearchFolder.LIBRARY + "/" + name, utf8(text)));
        files.put(Provenance.FILE_NAME, utf8(Json.text(provenance)));
        files.put(REPORT, utf8(Page.html("search", ReportData.of(summary, result, board, line(provenance)))));
        files.put(SUMMARY, utf8(Json.text(summary)));
        run.replace(files);
        return summary;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Provenance provenance(SearchSummary summary, String modelSha256) {
        BuildInfo build = BuildInfo.load();
        return new Provenance(
                Provenance.SCHEMA_VERSION,
                build.version(),
                build.commit(),
                Runtime.version().toString(),
                Provenance.Data.of(request.data(), result.dataset(), recordings),
                summary.board(),
                Digests.sha256(Boards.toml(summary.board())),
                summary.seed(),
                summary.sampler(),
                request.features().stream().map(FeatureSpace.Block::id).toList(),
                Optional.of(!result.standings().isEmpty()),
                summary.limits(),
                result.sizes(),
                result.trainedTrials(),
                summary.best().trial(),
                result.best().parameters().values(),
                modelSha256);
    }

    private static String line(Provenance p) {
        return String.format(
                Locale.ROOT,
                "tinytune %s (commit %s), board %s, seed %d, data %s, model SHA-256 %s",
                p.version(),
                p.commit(),
                p.board(),
                p.seed(),
                p.data().fingerprint(),
                p.modelSha256());
    }

    private List<byte[]> inputs(Graph graph) {
        int count = ProfileSamples.affordable(graph, MIN_PROFILED_SAMPLES, MAX_PROFILED_SAMPLES, PROFILED_MACS);
        return ProfileSamples.inputs(graph, result.test(), count);
    }
}
