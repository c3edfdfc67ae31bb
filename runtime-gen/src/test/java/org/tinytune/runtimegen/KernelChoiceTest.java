package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Operators;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.testing.RandomGraphs;

class KernelChoiceTest {
    private static final CTarget TARGET = CTarget.ARMV7EM;
    private static final CTargetCosts COSTS = new CTargetCosts(TARGET);

    private static Metadata stored(Map<String, String> variants) {
        return new KernelChoice(new TreeMap<>(variants)).storedIn(Metadata.unnamed(), TARGET);
    }

    @Test
    void comesBackFromTheMetadataOfItsTarget() {
        Map<String, String> variants = Map.of("a tensor/with spaces", "pairs", "basic", "");
        Metadata metadata = stored(variants).withExtra("other", "fact");
        assertThat(KernelChoice.of(metadata, TARGET).variants()).isEqualTo(variants);
        assertThat(KernelChoice.of(metadata, CTarget.AVR)).isEqualTo(KernelChoice.NONE);
        assertThat(KernelChoice.NONE.storedIn(metadata, TARGET).extra()).isEqualTo(Map.of("other", "fact"));
    }

    @Test
    void linesThatSayNothingArePassedOver() {
        Metadata metadata = Metadata.unnamed().withExtra("kernels.armv7em", "\nnonsense\n3x3 y\n");
        assertThat(KernelChoice.of(metadata, TARGET).variants()).isEqualTo(Map.of("y", "3x3"));
    }

    @Test
    void theChosenVariantIsPlannedInPlaceOfTheFirst() {
        Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), 3);
        Node<?> node = graph.nodes().get(0);
        String tensor = graph.tensor(node.output()).name();
        assertThat(COSTS.variants(graph, node)).containsExactly("pairs", "");

        Graph chosen = graph.withMetadata(stored(Map.of(tensor, "")));
        Plan plan = Planner.plan(chosen, COSTS, TARGET.alignment());
        assertThat(plan.steps()).extracting(Plan.Step::variant).containsExactly("");
        assertThat(new CLibraryGenerator(TARGET).generate(chosen, plan, "m").files())
                .containsKey("tt_conv_2d_s8.h")
                .doesNotContainKey("tt_conv_2d_pairs_s8.h");
    }

    @Test
    void aVariantThatDoesNotServeIsNotTaken() {
        Graph graph = RandomGraphs.single(Operators.byName("CONV_2D").orElseThrow(), 3);
        String tensor = graph.tensor(graph.nodes().get(0).output()).name();
        Graph chosen = graph.withMetadata(stored(Map.of(tensor, "of another version")));
        assertThat(COSTS.variants(chosen, chosen.nodes().get(0))).isEqualTo(List.of("pairs", ""));
    }
}
