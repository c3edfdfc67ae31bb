package org.tinytune.train.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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
            "conv1d", "filters = 3\nkernel = 3",
            "dropout", "rate = 0.5",
            "reshape", "shape = [2, 12, 2]");

    private static final Map<String, Shape> OUTPUTS = new HashMap<>(Map.of(
            "conv2d", Shape.of(1, 4, 6, 3),
            "separable_conv2d", Shape.of(1, 4, 6, 3),
            "conv1d", Shape.of(1, 1, 48, 3),
            "dense", Shape.of(1, 2),
            "max_pool", Shape.of(1, 2, 3, 2),
            "average_pool", Shape.of(1, 2, 3, 2),
            "global_mean", Shape.of(1, 2),
            "flatten", Shape.of(1, 48),
            "reshape", Shape.of(1, 2, 12, 2),
            "softmax", Shape.of(1, 48)));

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
        if (List.of("dense", "softmax", "conv1d").contains(name)) {
            input = new FlattenLayer().add(settings, draft, List.of(input));
        } else if (name.equals("batch_norm")) {
            TomlTable conv = TomlTable.parse("M.toml", "filters = 2\nkernel = 1");
            input = new Conv2dLayer().add(conv, draft, List.of(input));
        }
        draft.begin("layer");
        int output = type.add(settings, draft, type.inputs() == 2 ? List.of(input, input) : List.of(input));
        settings.requireNothingElse();
        assertThat(draft.shape(output)).isEqualTo(OUTPUTS.getOrDefault(name, Shape.of(1, 4, 6, 2)));
    }
}
