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

/**
 * How much memory the golden models take: the arena's bytes, exactly. Kernels for a Cortex-M0 take more of it for what
 * a window sees than those for a Cortex-M4: six bytes a tap of two positions, not four.
 */
class GoldenPlansTest {
    @ParameterizedTest
    @CsvSource({
        "ARMV7EM, kws_ref_model, 9280, 8896, 16256",
        "ARMV7EM, vww_96_int8, 28204, 28204, 55328",
        "ARMV7EM, pretrainedResnet_quant, 16032, 16032, 49744",
        "ARMV7EM, ad01_int8, 1024, 1024, 1024",
        "ARMV7EM, hello_world_int8, 64, 64, 64",
        "ARMV6M, kws_ref_model, 9280, 9024, 16384",
        "ARMV6M, vww_96_int8, 28259, 28259, 55344",
        "ARMV6M, pretrainedResnet_quant, 16608, 16608, 50032",
        "ARMV6M, ad01_int8, 768, 768, 768",
        "ARMV6M, hello_world_int8, 32, 32, 32"
    })
    void arenaHasItsSize(CTarget target, String name, int arena, int lowerBound, int unstreamed) {
        Graph graph = new GoldenModel(name).graph();
        Plan plan = Planner.plan(graph, new CTargetCosts(target), target.alignment());

        assertThat(plan.arenaBytes()).isEqualTo(arena);
        assertThat(plan.lowerBoundBytes()).isEqualTo(lowerBound);
        assertThat(plan.unstreamedBytes()).isEqualTo(unstreamed);
        PlanChecker.assertKeepsWhatIsNeeded(graph, plan, name);
    }
}
