package org.tinytune.cli.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.output.Json;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.nas.Digests;
import org.tinytune.nas.FootprintMeter;
import org.tinytune.nas.SearchRequest;
import org.tinytune.nas.SearchResult;
import org.tinytune.tflite.TfliteWriter;

/** Writes what a search leaves behind, and profiles the chosen model where the tools for it are installed. */
final class SearchFiles {
    private static final String MODEL = "best.tflite";

    private final SearchRequest request;
    private final SearchResult result;
    private final RunFolder run;

    SearchFiles(SearchRequest request, SearchResult result, RunFolder run) {
        this.request = request;
        this.result = result;
        this.run = run;
    }

    /** Writes model and library, profiles, and writes provenance, report and summary, in this order. */
    SearchSummary write(Progress progress) {
        Board board = request.board();
        Graph graph = result.model().int8Graph();
        byte[] model = TfliteWriter.write(graph);
        run.write(MODEL, model);
        new FootprintMeter(board).library(graph).writeTo(run.library());
        ProfileSummary profiled = SearchProfile.run(graph, board, inputs(graph), progress);
        SearchSummary summary = SearchSummary.of(request, result, profiled, MODEL);
        Provenance provenance = provenance(summary, Digests.sha256(model));
        run.write("provenance.json", Json.text(provenance));
        run.write("report.html", Report.html(ReportData.of(summary, result, board, line(provenance))));
        run.write("summary.json", Json.text(summary));
        return summary;
    }

    private Provenance provenance(SearchSummary summary, String modelSha256) {
        BuildInfo build = BuildInfo.load();
        return new Provenance(
                Provenance.SCHEMA_VERSION,
                build.version(),
                build.commit(),
                Runtime.version().toString(),
                new Provenance.Data(
                        request.data().toAbsolutePath().normalize().toString(),
                        result.dataset().fingerprint()),
                summary.board(),
                Digests.sha256(Boards.toml(summary.board())),
                summary.seed(),
                summary.sampler(),
                summary.limits(),
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
        SampleEncoder encoder = SampleEncoder.of(graph);
        return IntStream.range(0, result.test().size())
                .mapToObj(i -> encoder.encode(result.test(), i))
                .toList();
    }
}
