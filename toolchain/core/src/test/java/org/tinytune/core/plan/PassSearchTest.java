package org.tinytune.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.testing.RandomGraphs;

class PassSearchTest {
    /** The peak of each pass is measured on its own; laid out together the passes have the same. */
    @Test
    void theLeastPeakIsThatOfTheBestOfAllCuts() {
        int streamed = 0;
        for (long seed = 0; seed < 150; seed++) {
            Graph graph = RandomGraphs.networkOfAnyOrigin(seed);
            Dataflow dataflow = new Dataflow(graph);
            NodeCosts costs = new NodeCosts(graph, TargetCosts.NONE);
            List<Integer> order = NodeOrder.given(graph);
            int best = best(dataflow, costs, order, 0, new ArrayList<>());

            assertThat(PassSearch.leastPeak(dataflow, costs, order))
                    .as("seed %d", seed)
                    .isEqualTo(best);
            streamed += best
                            < peak(
                                    dataflow,
                                    costs,
                                    order.stream().map(Segment::whole).toList())
                    ? 1
                    : 0;
        }
        assertThat(streamed).isGreaterThan(50);
    }

    private static int best(Dataflow graph, NodeCosts costs, List<Integer> order, int from, List<Segment> segments) {
        if (from == order.size()) {
            return peak(graph, costs, segments);
        }
        segments.add(Segment.whole(order.get(from)));
        int best = best(graph, costs, order, from + 1, segments);
        segments.remove(segments.size() - 1);
        for (int to = from + 1; to <= order.size(); to++) {
            if (!RowSchedule.isStreamable(graph, order.get(to - 1))) {
                break;
            }
            List<Integer> nodes = order.subList(from, to);
            Optional<RowSchedule> schedule = RowSchedule.of(graph, nodes);
            if (schedule.isPresent()) {
                segments.add(new Segment(nodes, schedule));
                best = Math.min(best, best(graph, costs, order, to, segments));
                segments.remove(segments.size() - 1);
            }
        }
        return best;
    }

    private static int peak(Dataflow graph, NodeCosts costs, List<Segment> segments) {
        return new PassLayout(graph, costs, segments).pack(1, 0).plan(0).lowerBoundBytes();
    }
}
