package org.tinytune.train.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

class LayerTypesTest {
    private static final Metadata METADATA = new Metadata(
            "m", "", List.of("a", "b"), new InputEncoding(List.of(0f), List.of(1f), 0, 1), new TreeMap<>(Map.of()));

    /** What a type needs at least, where that is anything, and the output for an image of 4x6 pixels and 2 channels. */
    private static final Map<String, String> NEEDED = Map.of(
            "conv2d", "filters = 3\nkernel = 3",
            "depthwise_conv2d", "kernel = 3",
            "separable_conv2d", "filters = 3\nkernel = 3",
            "transpose_conv2d", "filters = 3\nkernel = 3",
            "conv1d", "filters = 3\nkernel = 3",
            "svdf", "units = 3\nmemory = 5",
            "mean", "axes = 'width'",
            "dropout", "rate = 0.5",
            "spatial_dropout", "rate = 0.5",
            "reshape", "shape = [2, 12, 2]");

    private static final Map<String, Shape> OUTPUTS = Map.ofEntries(
            Map.entry("conv2d", Shape.of(1, 4, 6, 3)),
            Map.entry("separable_conv2d", Shape.of(1, 4, 6, 3)),
            Map.entry("transpose_conv2d", Shape.of(1, 4, 6, 3)),
            Map.entry("conv1d", Shape.of(1, 1, 48, 3)),
            Map.entry("dense", Shape.of(1, 2)),
            Map.entry("svdf", Shape.of(1, 3)),
            Map.entry("max_pool", Shape.of(1, 2, 3, 2)),
            Map.entry("average_pool", Shape.of(1, 2, 3, 2)),
            Map.entry("global_mean", Shape.of(1, 2)),
            Map.entry("global_max", Shape.of(1, 2)),
            Map.entry("mean", Shape.of(1, 4, 1, 2)),
            Map.entry("concatenate", Shape.of(1, 4, 6, 4)),
            Map.entry("flatten", Shape.of(1, 48)),
            Map.entry("reshape", Shape.of(1, 2, 12, 2)),
            Map.entry("softmax", Shape.of(1, 48)));

    static List<String> types() {
        return LayerTypes.ALL.names();
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasUsualSettingsAndTheShapeThatItIsDocumentedWith(String name) {
        LayerType type = LayerTypes.ALL.get(name);
        NetworkDraft draft = new NetworkDraft(Shape.of(1, 4, 6, 2), METADATA);
        TomlTable settings = TomlTable.parse("M.toml", NEEDED.getOrDefault(name, ""));
        draft.begin("before");
        int input = draft.input();
        if (List.of("dense", "softmax", "conv1d", "svdf").contains(name)) {
            input = new FlattenLayer().add(settings, draft, List.of(input));
        } else if (name.equals("batch_norm")) {
            TomlTable conv = TomlTable.parse("M.toml", "filters = 2\nkernel = 1");
            input = new Conv2dLayer().add(conv, draft, List.of(input));
        }
        draft.begin("layer");
        List<Integer> inputs = Collections.nCopies(type.inputs().least(), input);
        int output = type.add(settings, draft, inputs);
        settings.requireNothingElse();
        assertThat(draft.shape(output)).isEqualTo(OUTPUTS.getOrDefault(name, Shape.of(1, 4, 6, 2)));
    }
}
