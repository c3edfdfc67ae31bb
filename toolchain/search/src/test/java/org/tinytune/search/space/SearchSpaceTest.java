package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private final SearchSpace space = SearchSpace.builder()
            .add("blocks", IntDistribution.uniform(1, 3))
            .add("kind", CategoricalDistribution.of("plain", "wide"), Condition.atLeast("blocks", 2))
            .add("width", IntDistribution.stepped(8, 64, 8), Condition.oneOf("kind", "wide"))
            .add("rate", FloatDistribution.log(1e-4, 1e-1))
            .build();

    @Test
    void leavesOutInactiveParameters() {
        assertThat(space.decode(new double[] {0, 0.9, 0.9, 1}).values()).containsOnlyKeys("blocks", "rate");
        assertThat(space.decode(new double[] {0.5, 0.1, 0.9, 1}).values()).containsOnlyKeys("blocks", "kind", "rate");
        Parameters all = space.decode(new double[] {0.5, 0.9, 0, 0.5});
        assertThat(all.values().keySet()).containsExactly("blocks", "kind", "width", "rate");
        assertThat(all.getInt("width")).isEqualTo(8);
    }

    /** A child of an inactive parameter is inactive, whatever the coordinate of its parent. */
    @Test
    void inactivityIsInherited() {
        double[] one = space.snap(new double[] {0.1, 0.9, 0.2, 0.5});
        double[] other = space.snap(new double[] {0.2, 0.1, 0.8, 0.5});
        assertThat(one).isEqualTo(other);
    }

    @Test
    void nearestValuesAreWithinBoundsAndOnTheStep() {
        assertThat(space.nearest(Map.of("blocks", 2.6, "kind", "wide", "width", 21, "rate", 1, "other", 5))
                        .values())
                .containsExactly(
                        Map.entry("blocks", 3),
                        Map.entry("kind", "wide"),
                        Map.entry("width", 24),
                        Map.entry("rate", 0.1));
        assertThat(space.nearest(Map.of("blocks", -1e300, "width", 8, "rate", 0.01))
                        .values())
                .containsExactly(Map.entry("blocks", 1), Map.entry("rate", 0.01));
    }

    @Test
    void nothingIsNearestToNothing() {
        assertThatThrownBy(() -> space.nearest(Map.of("blocks", 1))).hasMessageContaining("null is not in float");
        assertThatThrownBy(() -> space.nearest(Map.of("blocks", 1, "rate", Double.NaN)))
                .hasMessageContaining("NaN is not in float");
        assertThatThrownBy(() -> space.nearest(Map.of("blocks", 2, "kind", "round", "rate", 1)))
                .hasMessageContaining("round is not in categorical");
    }

    @Test
    void encodingIsIdempotent() {
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            double[] unit = random.doubles(space.size()).toArray();
            Parameters parameters = space.decode(unit);
            double[] point = space.encode(parameters);
            Parameters again = space.decode(point);
            assertThat(again.values().keySet())
                    .as("seed %d", seed)
                    .isEqualTo(parameters.values().keySet());
            for (String name : List.of("blocks", "kind", "width")) {
                assertThat(again.values().get(name))
                        .as("%s, seed %d", name, seed)
                        .isEqualTo(parameters.values().get(name));
            }
            for (int j = 0; j < point.length; j++) {
                assertThat(Math.abs(space.encode(again)[j] - point[j])).isLessThan(1e-12);
                assertThat(point[j]).isBetween(0.0, 1.0);
            }
        }
    }

    /** No choice has the coordinate of what is not there: to the model, absence is one more category. */
    @Test
    void absenceIsACategoryOfItsOwn() {
        double absent = space.snap(new double[] {0, 0.3, 0.5, 0.5})[1];
        assertThat(absent).isNotEqualTo(space.snap(new double[] {0.5, 0.3, 0.5, 0.5})[1]);
        assertThat(absent).isNotEqualTo(space.snap(new double[] {0.5, 0.8, 0.5, 0.5})[1]);
    }

    @Test
    void refusesParametersThatItDoesNotHold() {
        Map<String, Object> valid = Map.of("blocks", 2, "kind", "plain", "rate", 0.01);
        assertThat(space.encode(new Parameters(valid))).hasSize(4);
        assertThatThrownBy(() -> space.encode(changed(valid, "blocks", 4))).hasMessageContaining("int [1, 3]");
        assertThatThrownBy(() -> space.encode(changed(valid, "blocks", null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> space.encode(changed(valid, "width", 8))).hasMessageContaining("not active");
        assertThatThrownBy(() -> space.encode(changed(valid, "height", 8))).hasMessageContaining("has not");
        assertThatThrownBy(() -> space.encode(changed(valid, "rate", 1.0))).hasMessageContaining("float [");
        assertThatThrownBy(
                        () -> space.encode(changed(changed(valid, "blocks", 1).values(), "width", 8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Parameters changed(Map<String, Object> values, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new Parameters(changed);
    }

    @Test
    void refusesWhatMakesNoSense() {
        SearchSpace.Builder builder = SearchSpace.builder();
        assertThatThrownBy(builder::build).hasMessageContaining("needs a parameter");
        builder.add("a", IntDistribution.stepped(8, 64, 8)).add("c", CategoricalDistribution.of("x", "y"));
        assertThatThrownBy(() -> builder.add("a", IntDistribution.uniform(0, 1)))
                .hasMessageContaining("twice");
        assertNeverActive(builder, Condition.inRange("a", 65, 70));
        assertNeverActive(builder, Condition.inRange("a", 0, 7));
        assertNeverActive(builder, Condition.oneOf("a", "x"));
        assertNeverActive(builder, Condition.inRange("c", 0, 1));
        assertNeverActive(builder, Condition.oneOf("c", "x", "z"));
        assertThatThrownBy(() -> builder.add("b", IntDistribution.uniform(0, 1), Condition.atLeast("later", 1)))
                .hasMessageContaining("later, which is not before it");
    }

    /** Between two steps, and from high to low, there is nothing. */
    @Test
    void refusesARangeWithoutAValue() {
        SearchSpace.Builder builder = SearchSpace.builder().add("a", IntDistribution.stepped(8, 64, 8));
        assertNeverActive(builder, Condition.inRange("a", 9, 15));
        assertNeverActive(builder, Condition.inRange("a", 40, 24));
        builder.add("fits", IntDistribution.uniform(0, 1), Condition.inRange("a", 9, 16));
        builder.add("fits too", IntDistribution.uniform(0, 1), Condition.inRange("a", Integer.MIN_VALUE, 8));
    }

    private static void assertNeverActive(SearchSpace.Builder builder, Condition condition) {
        assertThatThrownBy(() -> builder.add("b", IntDistribution.uniform(0, 1), condition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b is never active: " + condition.describe());
    }

    @Test
    void refusesANameOfMoreThanOneLine() {
        assertThatThrownBy(() -> SearchSpace.builder().add("a\nb", IntDistribution.uniform(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesItsParametersInOrder() {
        assertThat(space.describe())
                .containsExactly(
                        Map.entry("blocks", "int [1, 3]"),
                        Map.entry("kind", "categorical [plain, wide] if blocks >= 2"),
                        Map.entry("width", "int [8, 64] step 8 if kind in [wide]"),
                        Map.entry("rate", "float [1.0E-4, 0.1] log"));
        assertThat(space.names()).containsExactly("blocks", "kind", "width", "rate");
        assertThat(space.size()).isEqualTo(4);
    }

    @Test
    void equalSpacesHaveEqualFingerprintsAndOthersOthers() {
        IntDistribution ints = IntDistribution.uniform(1, 3);
        FloatDistribution floats = FloatDistribution.uniform(0, 1);
        List<SearchSpace> spaces = new ArrayList<>();
        spaces.add(SearchSpace.builder().add("a", ints).add("b", floats).build());
        spaces.add(SearchSpace.builder().add("b", floats).add("a", ints).build());
        spaces.add(SearchSpace.builder().add("a", ints).build());
        spaces.add(SearchSpace.builder()
                .add("a", ints)
                .add("b", floats, Condition.atLeast("a", 2))
                .build());
        spaces.add(SearchSpace.builder()
                .add("a", ints)
                .add("b", floats, Condition.atLeast("a", 3))
                .build());
        spaces.add(SearchSpace.builder()
                .add("a", IntDistribution.uniform(1, 4))
                .add("b", floats)
                .build());
        spaces.add(SearchSpace.builder()
                .add("a", CategoricalDistribution.of("x", "y"))
                .build());
        spaces.add(SearchSpace.builder()
                .add("a", CategoricalDistribution.of("x, y"))
                .build());
        assertThat(spaces.stream().map(SearchSpace::fingerprint).distinct()).hasSize(spaces.size());
        SearchSpace equal =
                SearchSpace.builder().add("a", ints).add("b", floats).build();
        assertThat(equal.fingerprint()).isEqualTo(spaces.get(0).fingerprint()).matches("[0-9a-f]{16}");
    }

    /** Studies on disk hold it. */
    @Test
    void fingerprintStaysWhatItIs() {
        assertThat(space.fingerprint()).isEqualTo("80b071c3effe8161");
    }
}
