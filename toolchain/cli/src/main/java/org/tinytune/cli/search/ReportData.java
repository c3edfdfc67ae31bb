package org.tinytune.cli.search;

import java.util.List;
import java.util.Optional;
import org.tinytune.cli.report.ModelView;
import org.tinytune.core.board.Board;
import org.tinytune.nas.SearchResult;
import org.tinytune.train.Epoch;

/** What the report's page draws, beside the summary. */
record ReportData(
        SearchSummary summary,
        String datasetName,
        String boardName,
        String latencySource,
        List<Epoch> history,
        ModelView model,
        String provenanceLine) {

    static ReportData of(SearchSummary summary, SearchResult result, Board board, String provenanceLine) {
        return new ReportData(
                summary,
                result.dataset().card().name(),
                board.name(),
                summary.profile().latencyMicros().isPresent() ? "measured" : "predicted",
                result.model().history(),
                ModelView.of(
                        result.onBoard().graph(),
                        result.onBoard().plan(),
                        Optional.of(new ModelView.Confusion(
                                result.model().int8Graph().metadata().labels(),
                                result.int8Test().confusion()))),
                provenanceLine);
    }
}
