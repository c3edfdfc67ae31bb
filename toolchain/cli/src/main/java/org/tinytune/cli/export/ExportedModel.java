package org.tinytune.cli.export;

import java.util.Optional;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.runtimegen.StoredSample;

/**
 * A model that is exported.
 *
 * @param fileName of the model
 * @param graph the model
 * @param board that the project is for; empty if it is for any
 * @param sample that the example runs; empty if the model takes no integers
 */
public record ExportedModel(String fileName, Graph graph, Optional<Board> board, Optional<StoredSample> sample) {}
