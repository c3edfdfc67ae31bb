package org.tinytune.test.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.testing.PlanChecker;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;

/** How much memory the golden models take on a Cortex-M4: the arena's bytes, exactly. */
class GoldenPlansTest {
    @ParameterizedTest
    @CsvSource({
        "kws_ref_model, 9280, 8640, 16000",
        "vww_96_int8, 28059, 28059, 55296",
        "pretrainedResnet_quant, 15136, 15136, 49296",
        "ad01_int8, 768, 768, 768",
        "hello_world_int8, 32, 32, 32"
    })
    void arenaHasItsSize(String name, int arena, int lowerBound, int unstreamed) {
        Graph graph = new GoldenModel(name).graph();
        CTarget target = CTarget.ARMV7EM;
        Plan plan = Planner.plan(graph, new CTargetCosts(target), target.alignment());

        assertThat(plan.arenaBytes()).isEqualTo(arena);
        assertThat(plan.lowerBoundBytes()).isEqualTo(lowerBound);
        assertThat(plan.unstreamedBytes()).isEqualTo(unstreamed);
        PlanChecker.assertKeepsWhatIsNeeded(graph, plan, name);
    }
}
