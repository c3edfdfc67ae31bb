package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;

class GraphHashTest {
    @Test
    void equalGraphsHaveEqualHashesOf16HexDigits() {
        assertThat(GraphHash.of(RandomGraphs.network(3)))
                .matches("[0-9a-f]{16}")
                .isEqualTo(GraphHash.of(RandomGraphs.network(3)));
    }

    @Test
    void graphsThatComputeSomethingElseHaveOtherHashes() {
        Set<String> hashes = new HashSet<>();
        int graphs = 0;
        for (int seed = 0; seed < 20; seed++) {
            for (var operator : Operators.ALL) {
                hashes.add(GraphHash.of(RandomGraphs.single(operator, seed)));
                graphs++;
            }
        }
        assertThat(hashes).hasSize(graphs);
    }

    @Test
    void whatAModelSaysOfItselfDoesNotCount() {
        Graph graph = RandomGraphs.network(1);
        Metadata other = new Metadata("other", "text", List.of("a"), InputEncoding.IDENTITY, new TreeMap<>());
        assertThat(GraphHash.of(graph.withMetadata(other))).isEqualTo(GraphHash.of(graph));
    }
}
