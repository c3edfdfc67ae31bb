package org.tinytune.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.train.Compression;
import org.tinytune.train.EarlyStopping;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.QatSettings;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.distill.DistillationSettings;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.ClassWeights;
import org.tinytune.train.loss.Huber;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.CosineSchedule;
import org.tinytune.train.optimizer.Momentum;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.StepSchedule;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.quantize.MinMax;
import org.tinytune.train.quantize.Percentile;
import org.tinytune.train.range.LearnedScales;
import org.tinytune.train.range.LearnedSteps;

class ModelFileTest {
    private static final Shape IMAGE = Shape.of(8, 8, 1);
    private static final String TRAIN = "[train]\nepochs = 3\nbatch_size = 4\nlearning_rate = 0.01\n";
    private static final String END = layer("global_mean") + layer("dense");

    private static String layer(String type, String... settings) {
        return "[[layer]]\ntype = \"" + type + "\"\n" + String.join("\n", settings) + "\n";
    }

    private static Metadata metadata(int classes) {
        List<String> labels = IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
        return new Metadata(
                "m", "", labels, new InputEncoding(List.of(0f), List.of(1f), 0, 1), new TreeMap<>(Map.of()));
    }

    private static Graph network(String layers, Shape sample) {
        return ModelFile.parse("M.toml", layers + TRAIN).network(sample, metadata(3));
    }

    private static Graph network(String layers) {
        return network(layers, IMAGE);
    }

    private static TrainingConfig training(String table) {
        return ModelFile.parse("M.toml", TRAIN + table).training(TaskKind.CLASSIFICATION, IMAGE, 0, 2);
    }

    private static void assertRefused(Runnable read, String message) {
        assertThatThrownBy(read::run)
                .isInstanceOf(TinytuneException.class)
                .hasMessage(message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void layersFollowEachOtherUnlessTheyNameTheirInputs() {
        Graph graph = network(
                layer("conv2d", "name = 'a'", "filters = 4", "kernel = 3", "batch_norm = true", "activation = 'relu'")
                        + layer(
                                "separable_conv2d",
                                "filters = 4",
                                "kernel = [3, 5]",
                                "batch_norm = true",
                                "activation = 'relu6'")
                        + layer("conv2d", "name = 'b'", "filters = 4", "kernel = 1")
                        + layer("add", "inputs = ['a', 'b']", "activation = 'relu'")
                        + layer("max_pool")
                        + layer("average_pool", "size = 2", "stride = 1")
                        + layer("pad", "rows = [1, 0]", "columns = [0, 2]")
                        + layer("depthwise_conv2d", "kernel = 3", "stride = 2", "multiplier = 2", "padding = 'valid'")
                        + layer("relu")
                        + layer("global_mean")
                        + layer("dropout", "rate = 0.5")
                        + layer("dense", "units = 5", "activation = 'relu'")
                        + layer("dense"));
        assertThat(FloatNetwork.operators(graph))
                .containsExactly(
                        "CONV_2D",
                        "BATCH_NORM",
                        "DEPTHWISE_CONV_2D",
                        "BATCH_NORM",
                        "CONV_2D",
                        "BATCH_NORM",
                        "CONV_2D",
                        "ADD",
                        "MAX_POOL_2D",
                        "AVERAGE_POOL_2D",
                        "PAD",
                        "DEPTHWISE_CONV_2D",
                        "RELU",
                        "MEAN",
                        "DROPOUT",
                        "FULLY_CONNECTED",
                        "FULLY_CONNECTED",
                        "SOFTMAX");
        assertThat(graph.output().shape()).isEqualTo(Shape.of(1, 3));
        assertThat(graph.tensor(FloatNetwork.index(graph, "layer_8/depthwise")).shape())
                .isEqualTo(Shape.of(1, 1, 2, 8));
        assertThat(graph.metadata()).isEqualTo(metadata(3));
        // Dropout and batch norm are gone, clamps are fused.
        assertThat(FloatNetwork.operators(Trainer.skeleton(graph, 1)))
                .containsExactly(
                        "CONV_2D",
                        "DEPTHWISE_CONV_2D",
                        "CONV_2D",
                        "CONV_2D",
                        "ADD",
                        "MAX_POOL_2D",
                        "AVERAGE_POOL_2D",
                        "PAD",
                        "DEPTHWISE_CONV_2D",
                        "MEAN",
                        "FULLY_CONNECTED",
                        "FULLY_CONNECTED",
                        "SOFTMAX");
    }

    @Test
    void aRowOfValuesHasConvolutionsToo() {
        Graph graph = network(
                layer("conv1d", "filters = 4", "kernel = 3", "stride = 2", "activation = 'relu'")
                        + layer("max_pool", "size = [1, 2]")
                        + layer("flatten")
                        + layer("dense")
                        + layer("softmax"),
                Shape.of(16));
        assertThat(FloatNetwork.operators(graph))
                .containsExactly("RESHAPE", "CONV_2D", "MAX_POOL_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX");
        assertThat(graph.tensor(FloatNetwork.index(graph, "layer_1/conv")).shape())
                .isEqualTo(Shape.of(1, 1, 8, 4));
        Graph upright = network(layer("conv1d", "filters = 4", "kernel = 3") + END, Shape.of(16, 1, 2));
        assertThat(upright.tensor(FloatNetwork.index(upright, "layer_1/conv/weights"))
                        .shape())
                .isEqualTo(Shape.of(4, 3, 1, 2));
        Graph reshaped = network(
                layer("reshape", "shape = [4, 4, 1]") + layer("conv2d", "filters = 4", "kernel = 3") + END,
                Shape.of(16));
        assertThat(FloatNetwork.operators(reshaped))
                .containsExactly("RESHAPE", "CONV_2D", "MEAN", "FULLY_CONNECTED", "SOFTMAX");
    }

    @Test
    void batchNormOfItsOwnFollowsWeights() {
        Graph graph = network(
                layer("conv2d", "filters = 4", "kernel = 3") + layer("batch_norm", "activation = 'relu'") + END);
        assertThat(FloatNetwork.operators(Trainer.skeleton(graph, 1)))
                .containsExactly("CONV_2D", "MEAN", "FULLY_CONNECTED", "SOFTMAX");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            type = 'conv9d'                                     | layer 1 (conv9d): there is no layer type 'conv9d': give one of conv2d, depthwise_conv2d, separable_conv2d, transpose_conv2d, conv1d, dense, max_pool, average_pool, global_mean, global_max, mean, svdf, flatten, reshape, dropout, spatial_dropout, batch_norm, relu, relu6, leaky_relu, sigmoid, tanh, hard_swish, add, subtract, multiply, concatenate, pad, softmax
            filters = 3                                         | layer 1: key 'type' is missing: give it, as in type = "dense"
            type = 'conv2d';kernel = 3                          | layer 1 (conv2d): key 'filters' is missing: give it, as in filters = 1
            type = 'conv2d';filters = 0;kernel = 3              | layer 1 (conv2d): filters = 0: give a whole number from 1 to 65536
            type = 'conv2d';filters = 3;kernel = 3;size = 2     | layer 1 (conv2d): unknown key 'size': known are activation, batch_norm, dilation, filters, input, inputs, kernel, name, padding, stride, type
            type = 'conv2d';filters = 3;kernel = 9;padding = 'valid' | layer 1 (conv2d): a window of 9 does not fit into 8
            type = 'conv2d';filters = 65536;kernel = 4096       | layer 1 (conv2d): shape [65536, 4096, 4096, 1] has 2^31 elements or more
            type = 'dense'                                      | layer 1 (dense): takes a row of values, but is given [1, 8, 8, 1]: put a layer of type flatten or global_mean in front
            type = 'dropout';rate = 1                           | layer 1 (dropout): rate 1.0: give 0 or more, below 1
            type = 'batch_norm'                                 | layer 1 (batch_norm): a batch norm becomes part of the weights in front of it: it must follow a convolution or dense layer without activation that nothing else reads
            type = 'add'                                        | layer 1 (add): reads 2 layers, not 0: give inputs = ["a", "b"]
            type = 'add';inputs = ['input']                     | layer 1 (add): reads 2 layers, not 1: give inputs = ["a", "b"]
            type = 'concatenate';inputs = ['input']             | layer 1 (concatenate): reads 2 layers or more, not 1: give inputs = ["a", "b"]
            type = 'concatenate'                                | layer 1 (concatenate): reads 2 layers or more, not 0: give inputs = ["a", "b"]
            type = 'leaky_relu';alpha = 1.5                     | layer 1 (leaky_relu): alpha 1.5: give 0 to 1
            type = 'leaky_relu';alpha = -1                      | layer 1 (leaky_relu): alpha -1.0: give 0 to 1
            type = 'spatial_dropout'                            | layer 1 (spatial_dropout): key 'rate' is missing: give it, as in rate = 0.1
            type = 'mean'                                       | layer 1 (mean): key 'axes' is missing: give it, as in axes = ["a", "b"]
            type = 'mean';axes = []                             | layer 1 (mean): axes has no entry: give at least one of "height", "width" and "channels"
            type = 'mean';axes = ['height', 'height']           | layer 1 (mean): axes has 'height': give "height", "width" and "channels", each once at most
            type = 'mean';axes = 'depth'                        | layer 1 (mean): axes has 'depth': give "height", "width" and "channels", each once at most
            type = 'svdf';units = 4;memory = 3                  | layer 1 (svdf): takes a row of values, but is given [1, 8, 8, 1]: put a layer of type flatten or global_mean in front
            type = 'svdf';units = 4                             | layer 1 (svdf): key 'memory' is missing: give it, as in memory = 1
            type = 'svdf';units = 4;memory = 3;activation = 'relu6' | layer 1 (svdf): activation = "relu6": an svdf takes "none" or "relu" (put another behind it as a layer)
            type = 'transpose_conv2d';filters = 1;kernel = 3;dilation = 2 | layer 1 (transpose_conv2d): unknown key 'dilation': known are activation, batch_norm, filters, input, inputs, kernel, name, padding, stride, type
            type = 'transpose_conv2d';filters = 1024;kernel = 3;stride = 4096 | layer 1 (transpose_conv2d): shape [1, 32768, 32768, 1024] has 2^31 elements or more
            type = 'relu';input = 'a'                           | layer 1 (relu): there is no layer 'a' before it: give the name of an earlier layer, or 'input' for the samples
            type = 'relu';input = 'input';inputs = ['input']    | layer 1 (relu): has both input and inputs: give one of them
            type = 'relu';name = 'input'                        | layer 1 'input' (relu): the name 'input' is taken by the samples: give another
            type = 'relu';name = 'a/b'                          | layer 1 'a/b' (relu): name = "a/b": give letters, digits, underscores and hyphens, a letter first
            type = 'pad';rows = [1]                             | layer 1 (pad): rows has 1 numbers: give [before, after]
            type = 'conv2d';filters = 4096;kernel = 128         | layer 1 (conv2d): has 67108864 weights: give a smaller size, of at most 16777216 weights
            type = 'reshape';shape = [8, 9]                     | layer 1 (reshape): makes 72 values of [1, 8, 8, 1], which has 64: give a shape with as many
            type = 'conv1d';filters = 1;kernel = 1              | layer 1 (conv1d): takes a row of values, or an image of height or width 1, but is given [1, 8, 8, 1]: use conv2d
            """)
    void aLayerWithAMistakeIsNamed(String settings, String message) {
        String text = "[[layer]]\n" + settings.replace(';', '\n') + "\n" + END;
        assertThatThrownBy(() -> network(text))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("M.toml: " + message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(
                () -> network(layer("global_mean") + layer("dense", "units = 4")),
                "M.toml: the network ends in [1, 4], but there are 3 classes: end it with a layer of type dense without units");
        assertRefused(
                () -> network(layer("conv2d", "name = 'a'", "filters = 2", "kernel = 1")
                        + layer("conv2d", "name = 'b'", "filters = 3", "kernel = 1")
                        + layer("add", "inputs = ['a', 'b']")
                        + END),
                "M.toml: layer 3 (add): reads [1, 8, 8, 2] and [1, 8, 8, 3]: make both the same shape, as by a conv2d with kernel = 1 on one of them, or one of them a row with a value for each channel of the other");
        assertRefused(
                () -> network(layer("conv2d", "name = 'a'", "filters = 2", "kernel = 1")
                        + layer("global_mean", "input = 'input'")
                        + layer("dense")),
                "M.toml: layer 1 'a' (conv2d): nothing reads it: remove it, or name it in the inputs of a later layer");
        assertRefused(
                () -> network(layer("reshape", "shape = [64]") + layer("softmax"), Shape.of(8, 8, 1)),
                "M.toml: the network ends in [1, 64], but there are 3 classes: end it with a layer of type dense without units");
        assertRefused(
                () -> network(layer("softmax"), Shape.of(3)),
                "M.toml: no layer has weights: there is nothing to train (add a layer of type dense)");
    }

    @Test
    void gatesMeetChannelsAndBranchesAreJoined() {
        Graph graph = network(layer("conv2d", "name = 'a'", "filters = 4", "kernel = 3")
                + layer("global_max")
                + layer("dense", "units = 4")
                + layer("sigmoid", "name = 'gates'")
                + layer("multiply", "name = 'gated'", "inputs = ['gates', 'a']")
                + layer("subtract", "name = 'rest'", "inputs = ['a', 'gated']", "activation = 'relu'")
                + layer("concatenate", "inputs = ['gated', 'rest', 'a']")
                + layer("transpose_conv2d", "filters = 2", "kernel = [3, 2]", "stride = [1, 2]", "batch_norm = true")
                + layer("leaky_relu")
                + layer("spatial_dropout", "rate = 0.5")
                + layer("mean", "name = 'narrow'", "axes = ['width', 'channels']")
                + END);
        assertThat(FloatNetwork.operators(graph))
                .containsExactly(
                        "CONV_2D",
                        "MAX_POOL_2D",
                        "RESHAPE",
                        "FULLY_CONNECTED",
                        "LOGISTIC",
                        "MUL",
                        "SUB",
                        "CONCATENATION",
                        "TRANSPOSE_CONV",
                        "BATCH_NORM",
                        "LEAKY_RELU",
                        "DROPOUT",
                        "MEAN",
                        "MEAN",
                        "FULLY_CONNECTED",
                        "SOFTMAX");
        assertThat(shape(graph, "gated/multiply")).isEqualTo(Shape.of(1, 8, 8, 4));
        assertThat(shape(graph, "layer_7/concatenate")).isEqualTo(Shape.of(1, 8, 8, 12));
        assertThat(shape(graph, "layer_8/transpose_conv")).isEqualTo(Shape.of(1, 8, 16, 2));
        assertThat(shape(graph, "narrow/mean")).isEqualTo(Shape.of(1, 8, 1, 1));
        assertThat(params(graph, "narrow/mean", MeanParams.class).axes()).containsExactly(2, 3);
        assertThat(params(graph, "layer_9/leaky_relu", LeakyReluParams.class)).isEqualTo(new LeakyReluParams(0.01f));
        assertThat(params(graph, "layer_10/dropout", DropoutParams.class)).isEqualTo(DropoutParams.spatial(0.5f));
        assertRefused(
                () -> network(
                        layer("max_pool", "name = 'half'") + layer("concatenate", "inputs = ['half', 'input']") + END),
                "M.toml: layer 2 (concatenate): reads [1, 4, 4, 1] and [1, 8, 8, 1]: make all the same but for the"
                        + " channels, as by strides or pools");
    }

    private static Shape shape(Graph graph, String tensor) {
        return graph.tensor(FloatNetwork.index(graph, tensor)).shape();
    }

    /** The parameters of the node that makes a tensor. */
    private static <P extends Record> P params(Graph graph, String tensor, Class<P> type) {
        int index = FloatNetwork.index(graph, tensor);
        return graph.nodes().stream()
                .filter(node -> node.output() == index)
                .map(node -> type.cast(node.params()))
                .findFirst()
                .orElseThrow();
    }

    private static final String STEPS = "[model]\nsteps = 4\n";

    /** A network sees a step at a time: a part of the rows of an image, or of a row of values. */
    @Test
    void sequencesAreReadStepByStep() {
        String cell = layer("svdf", "name = 'cell'", "units = 5", "memory = 3", "rank = 2", "activation = 'relu'");
        Graph row = network(STEPS + cell + layer("dense"), Shape.of(12));
        assertThat(row.input().shape()).isEqualTo(Shape.of(1, 3));
        assertThat(shape(row, "cell/svdf/feature_weights")).isEqualTo(Shape.of(10, 3));
        assertThat(shape(row, "cell/svdf/time_weights")).isEqualTo(Shape.of(10, 3));
        assertThat(shape(row, "cell/svdf/bias")).isEqualTo(Shape.of(5));
        assertThat(shape(row, "cell/svdf/state")).isEqualTo(Shape.of(1, 30));
        assertThat(FloatNetwork.operators(row)).containsExactly("SVDF", "FULLY_CONNECTED", "SOFTMAX");
        Graph image = network(STEPS + layer("flatten") + cell + layer("dense"), IMAGE);
        assertThat(image.input().shape()).isEqualTo(Shape.of(1, 2, 8, 1));
        assertRefused(
                () -> network(STEPS + cell + layer("dense"), Shape.of(10)),
                "M.toml: model: steps = 4: give a number that divides the 10 values of a sample, [10]");
        assertRefused(
                () -> network(STEPS + layer("flatten") + cell + layer("dense"), Shape.of(6, 8, 1)),
                "M.toml: model: steps = 4: give a number that divides the 6 rows of a sample, [6, 8, 1]");
        assertRefused(
                () -> network(STEPS + layer("dense"), Shape.of(12)),
                "M.toml: model: steps = 4, but no layer remembers a step: add one of type svdf, or leave steps out");
        assertRefused(
                () -> network(cell + layer("dense"), Shape.of(12)),
                "M.toml: model: an svdf remembers the steps of a sample: give their number, as in steps = 10");
        assertRefused(
                () -> network("[model]\nsteps = 0\n" + cell, Shape.of(12)),
                "M.toml: model: steps = 0: give a whole number from 1 to 65536");
        assertRefused(
                () -> network(STEPS + cell + layer("batch_norm") + layer("dense"), Shape.of(12)),
                "M.toml: layer 2 (batch_norm): a batch norm becomes part of the weights in front of it: it must follow a"
                        + " convolution or dense layer without activation that nothing else reads");
    }

    private static final String BINARY = "[train.loss]\nname = 'binary-cross-entropy'\n";

    private static Graph classifier(String layers, int classes, String loss) {
        return ModelFile.parse("M.toml", layers + TRAIN + loss).network(Shape.of(5), metadata(classes));
    }

    /** Probabilities that end a network are those that its loss is about. */
    @Test
    void theLossSaysWhatProbabilitiesAre() {
        String one = layer("dense", "units = 1");
        for (String single : List.of(one, one + layer("sigmoid"))) {
            Graph graph = classifier(single, 2, BINARY);
            assertThat(FloatNetwork.operators(graph)).containsExactly("FULLY_CONNECTED", "LOGISTIC");
            assertThat(graph.output().shape()).isEqualTo(Shape.of(1, 1));
        }
        assertThat(FloatNetwork.operators(classifier(layer("dense"), 3, BINARY)))
                .containsExactly("FULLY_CONNECTED", "LOGISTIC");
        assertThat(FloatNetwork.operators(classifier(layer("dense") + layer("sigmoid"), 3, "loss.name = 'mse'")))
                .containsExactly("FULLY_CONNECTED", "LOGISTIC");
        assertThat(FloatNetwork.operators(classifier(layer("dense"), 3, "loss.name = 'mse'")))
                .containsExactly("FULLY_CONNECTED", "SOFTMAX");
        assertThat(FloatNetwork.operators(classifier(one, 2, "loss.name = 'huber'")))
                .containsExactly("FULLY_CONNECTED", "LOGISTIC");
        assertRefused(
                () -> classifier(one, 2, ""),
                "M.toml: the network ends in one value, of which cross-entropy makes no two classes: give [train.loss]"
                        + " name = \"binary-cross-entropy\", or end it with a layer of type dense without units");
        assertRefused(
                () -> classifier(one, 3, BINARY),
                "M.toml: the network ends in [1, 1], but there are 3 classes: end it with a layer of type dense without"
                        + " units");
        assertRefused(
                () -> classifier(layer("dense") + layer("sigmoid"), 3, ""),
                "M.toml: the network ends in sigmoid, but cross-entropy is about a softmax: give [train.loss] name ="
                        + " \"binary-cross-entropy\", or leave the sigmoid out");
        assertRefused(
                () -> classifier(layer("dense") + layer("softmax"), 3, BINARY),
                "M.toml: the network ends in softmax, but binary-cross-entropy is about a sigmoid of each output: leave"
                        + " the softmax out");
        assertRefused(
                () -> classifier(one + layer("softmax"), 2, "loss.name = 'mse'"),
                "M.toml: the network ends in the softmax of one value, which is always 1: leave the softmax out");
    }

    /** Batch norm that could not be folded would break the promise that what is trained is what is shipped. */
    @Test
    void batchNormThatCannotBeFoldedIsRefused() {
        String conv = layer("conv2d", "name = 'a'", "filters = 2", "kernel = 1");
        String must = "a batch norm becomes part of the weights in front of it: it must follow a convolution or dense"
                + " layer without activation that nothing else reads";
        assertRefused(
                () -> network(layer("conv2d", "filters = 2", "kernel = 1", "activation = 'relu'")
                        + layer("batch_norm")
                        + END),
                "M.toml: layer 2 (batch_norm): " + must);
        assertRefused(
                () -> network(conv
                        + layer("relu", "name = 'r'")
                        + layer("batch_norm", "name = 'n'", "input = 'a'")
                        + layer("add", "inputs = ['r', 'n']")
                        + END),
                "M.toml: layer 3 'n' (batch_norm): " + must);
        assertRefused(
                () -> network(conv + layer("batch_norm", "name = 'n'") + layer("add", "inputs = ['a', 'n']") + END),
                "M.toml: layer 3 (add): reads what the batch norm of 'n' becomes a part of, so that nothing else can"
                        + " read it: take the output of the batch norm");
        assertRefused(
                () -> network(conv + layer("batch_norm") + layer("batch_norm") + END),
                "M.toml: layer 3 (batch_norm): " + must);
    }

    @Test
    void theTrainingHasUsualSettings() {
        TrainingConfig config = training("");
        assertThat(config.epochs()).isEqualTo(3);
        assertThat(config.batchSize()).isEqualTo(4);
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.optimization().optimizer()).isEqualTo(Adam.withDecay(Adam.WEIGHT_DECAY));
        assertThat(config.optimization().learningRate()).isEqualTo(0.01);
        assertThat(config.optimization().schedule()).isEqualTo(CosineSchedule.standard());
        assertThat(config.loss()).isEqualTo(new SoftmaxCrossEntropy(0));
        assertThat(config.initializer()).isEqualTo(Initializers.STANDARD);
        assertThat(config.regularization().augmentation()).isEqualTo(Augmentation.NONE);
        assertThat(config.regularization().earlyStopping()).isEqualTo(EarlyStopping.NEVER);
        assertThat(config.qat()).isEqualTo(new QatSettings(1, 0.1));
        assertThat(config.compression()).isEqualTo(Compression.NONE);
        assertThat(ModelFile.parse("M.toml", TRAIN).validation()).isTrue();
        assertThat(ModelFile.parse("M.toml", TRAIN + "validation = false").validation())
                .isFalse();
    }

    @Test
    void everySettingOfTheTrainingIsRead() {
        TrainingConfig config = training("""
                [train.optimizer]
                name = "momentum"
                momentum = 0.5
                [train.schedule]
                name = "step"
                decay = 0.5
                [train.clipping]
                norm = 2
                [train.loss]
                smoothing = 0.1
                class_weights = [1, 2, 3]
                [train.initializer]
                name = "he-normal"
                [train.regularization]
                l1 = 1e-5
                l2 = 1e-4
                mixup = 0.2
                patience = 7
                min_delta = 0.01
                [train.augmentation]
                shift = 1
                flip = 0.5
                cutout = 2
                [train.qat]
                epochs = 0
                learning_rate = 0.5
                calibration = "min-max"
                ranges = { name = "lsq", rate = 2 }
                weights = { name = "lsq", rate = 3, learning_share = 0.5 }
                [train.pruning]
                fraction = 0.25
                rounds = 2
                epochs = 0
                learning_rate = 0.1
                """);
        assertThat(config.optimization().optimizer()).isEqualTo(new Momentum(0.5f, 0));
        assertThat(config.optimization().schedule())
                .isEqualTo(new StepSchedule(0.5, StepSchedule.standard().interval()));
        assertThat(config.optimization().clipping()).isEqualTo(Clipping.byNorm(2));
        assertThat(config.loss()).isEqualTo(new SoftmaxCrossEntropy(0.1, ClassWeights.of(1, 2, 3)));
        assertThat(config.initializer()).isEqualTo(Initializers.ALL.get("he-normal"));
        assertThat(config.regularization().penalty()).isEqualTo(new Penalty(1e-5, 1e-4));
        assertThat(config.regularization().mixup()).isEqualTo(0.2);
        assertThat(config.regularization().earlyStopping()).isEqualTo(new EarlyStopping(7, 0.01));
        assertThat(config.regularization().augmentation()).isNotEqualTo(Augmentation.NONE);
        assertThat(config.qat())
                .isEqualTo(new QatSettings(0, 0.5, new MinMax(), new LearnedSteps(2, 1), new LearnedScales(3, 0.5)));
        assertThat(config.compression()).isEqualTo(Compression.NONE.with(new PruningSettings(0.25, 2, 0, 0.1)));
        assertThat(training("[train.pruning]\nfraction = 0.5").compression().pruning())
                .isEqualTo(PruningSettings.of(0.5, 3, 1));
        assertThat(training("[train.qat]\ncalibration = { name = 'percentile', percent = 99 }")
                        .qat()
                        .calibration())
                .isEqualTo(new Percentile(99));
        assertThat(training("[train.loss]\nclass_weights = 'balanced'").loss())
                .isEqualTo(new SoftmaxCrossEntropy(0, ClassWeights.BALANCED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            epoch = 3                                      | train: unknown key 'epoch': known are augmentation, batch_size, clipping, epochs, initializer, learning_rate, loss, optimizer, pruning, qat, regularization, schedule, teacher, validation
            [train.optimizer];name = 'adan'                | train: optimizer: there is no optimizer 'adan': give one of sgd
            [train.optimizer];name = 'adam';beta3 = 1      | train: optimizer: the optimizer 'adam' has no setting 'beta3': give one of beta1, beta2, epsilon, weight_decay
            [train.optimizer];name = 'adam';beta1 = 1      | train: optimizer: beta1 1.0: give 0 or more, below 1
            [train.schedule];name = 'cosine';warm_up = 'x' | train: schedule: warm_up = "x": give a number
            [train.loss];name = 'mse';class_weights = [1]  | train: loss: class_weights are for the loss cross-entropy only: leave them out
            [train.loss];class_weights = 'x'               | train: loss: class_weights = "x": give "balanced", or a list of one number for each class
            [train.loss];class_weights = [0, 0]            | train: loss: all class weights are 0, so nothing would be learned: give one above 0
            [train.regularization];l3 = 1                  | train: regularization: unknown key 'l3': known are l1, l2, min_delta, mixup, patience
            [train.regularization];mixup = -1              | train: regularization: mixup -1.0: give 0 or more
            [train.clipping];norm = 0                      | train: clipping:
            [train.augmentation];flip = 2                  | train: augmentation: flip = 2.0: give 0 to 1.0
            [train.augmentation];vertical_flip = -1        | train: augmentation: vertical_flip = -1.0: give 0 to 1.0
            [train.augmentation];equalizer = 50            | train: augmentation: equalizer = 50.0: give 0 to 40.0
            [train.augmentation];gain = 1000               | train: augmentation: gain = 1000.0: give 0 to 100.0
            [train.augmentation];snr = [10]                | train: augmentation: snr: give the least and the greatest in decibels, as in snr = [10, 40]
            [train.augmentation];snr = [10, 5]             | train: augmentation: snr: give the least and the greatest in decibels
            [train.augmentation];noise = 0.5               | train: augmentation: noise needs the signal-to-noise ratio in decibels, as in snr = [10, 40]
            [train.augmentation];snr = [5, 9];noise_color = 'red' | train: augmentation: noise_color = "red": give one of "white", "pink"
            [train.augmentation];jitter = 0.1              | train: augmentation: is for series [T, 1, channels] in part, but samples are [
            [train.augmentation];axis_rotation = 10        | train: augmentation: axis_rotation is for series with three axes, [T, 1, 3], but samples are [
            [train.qat];epochs = -1                        | train: qat: epochs = -1: give a whole number from 0 to 1000000
            [train.qat];calibration = 'kl'                 | train: qat: there is no calibration method 'kl': give one of mse, min-max, percentile
            [train.qat];calibration = 1                    | train: qat: calibration = 1: give a table, [calibration]
            [train.qat];ranges = { name = 'lsq', rate = 0 } | train: qat: ranges: the step size learning rate factor
            [train.pruning];rounds = 2                     | train: pruning: key 'fraction' is missing
            [train.pruning];fraction = 1                   | train: pruning: the pruned fraction 1.0
            [train.pruning];fraction = 0.5;round = 2       | train: pruning: unknown key 'round': known are epochs, fraction, learning_rate, rounds
            validation = false;[train.regularization];patience = 1 | train: regularization: patience looks at validation samples, of which validation = false leaves none: leave out one of them
            """)
    void aSettingWithAMistakeIsNamed(String settings, String message) {
        assertThatThrownBy(() -> training(settings.replace(';', '\n')))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("M.toml: " + message)
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    @Test
    void aFileHasOnlyTheTablesItMayHave() {
        assertRefused(
                () -> ModelFile.parse("M.toml", END),
                "M.toml: table [train] is missing: give it, with epochs, batch_size and learning_rate");
        assertRefused(
                () -> ModelFile.parse("M.toml", TRAIN + "[layers]"),
                "M.toml: unknown key 'layers': known are features, layer, model, train");
        assertRefused(
                () -> ModelFile.parse("M.toml", TRAIN + "[model]\nname = '2x'"),
                "M.toml: model: name = \"2x\": give letters, digits and underscores, a letter first");
        assertRefused(
                () -> ModelFile.parse("M.toml", "[train]\nepochs = 1\nbatch_size = 1")
                        .training(TaskKind.CLASSIFICATION, IMAGE, 0, 1),
                "M.toml: train: key 'learning_rate' is missing: give it, as in learning_rate = 0.1");
        assertRefused(
                () -> ModelFile.parse("M.toml", TRAIN + "[train.augmentation]\nflip = 0.5")
                        .training(TaskKind.CLASSIFICATION, Shape.of(8), 0, 1),
                "M.toml: train: augmentation: is for images, but samples are [8]: leave it out");
        assertRefused(
                () -> ModelFile.read(Path.of("no-such.toml")),
                "no-such.toml: no such file (give a model as docs/train.md describes it, as in --model M.toml)");
    }

    @Test
    void everyAugmentationIsRead() {
        String images = "shift = 1\nrotation = 5\nflip = 0.5\nvertical_flip = 0.5\ncutout = 2\ntime_mask = 3\n"
                + "frequency_mask = 2\nmasks = 2\n";
        String series = "time_stretch = 0.1\ntime_warp = 0.1\ntime_shift = 0.1\naxis_rotation = 10\nscaling = 0.1\n"
                + "equalizer = 6\ngain = 6\nsnr = [10, 40]\nnoise = 0.5\nnoise_color = \"white\"\njitter = 0.1\n";
        assertThat(changes(images, Shape.of(8, 8, 1))).isTrue();
        assertThat(changes(series, Shape.of(20, 1, 3))).isTrue();
        for (String line : (images + series).lines().toList()) {
            boolean alone = !line.startsWith("masks") && !line.startsWith("noise");
            Shape shape = series.contains(line) ? Shape.of(20, 1, 3) : Shape.of(8, 8, 1);
            assertThat(!alone || changes(line, shape)).as(line).isTrue();
        }
        assertThat(changes("snr = [10, 40]\nnoise = 0", Shape.of(20, 1, 3))).isFalse();
    }

    /** Whether any of some samples is another one afterwards. */
    private static boolean changes(String settings, Shape shape) {
        Augmentation augmentation = ModelFile.parse("M.toml", TRAIN + "[train.augmentation]\n" + settings)
                .training(TaskKind.CLASSIFICATION, shape, 0, 1)
                .regularization()
                .augmentation();
        for (int sample = 0; sample < 20 && augmentation != Augmentation.NONE; sample++) {
            float[] values = new float[shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 37 % 101;
            }
            float[] before = values.clone();
            augmentation.apply(values, shape, Augmentation.stream(1, 1, sample));
            if (!Arrays.equals(values, before)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aFileThatIsNoTextIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("M.toml"), new byte[] {(byte) 0xff});
        assertRefused(() -> ModelFile.read(file), file + ": no text in UTF-8 (save it as such)");
    }

    private static Metadata metadata(TaskKind task, String... labels) {
        return task.storedIn(metadata(0).withLabels(List.of(labels)));
    }

    private static Graph network(String layers, Shape sample, Metadata metadata) {
        return ModelFile.parse("M.toml", layers + TRAIN).network(sample, metadata);
    }

    /** No softmax is added, and dense without units gives a value a target. */
    @Test
    void aRegressionEndsInItsTargets() {
        Metadata two = metadata(TaskKind.REGRESSION, "u", "v");
        Graph graph = network(layer("dense", "units = 4", "activation = 'relu'") + layer("dense"), Shape.of(5), two);
        assertThat(graph.output().shape()).isEqualTo(Shape.of(1, 2));
        assertThat(graph.nodes()).hasSize(2);
        assertRefused(
                () -> network(layer("dense", "units = 3"), Shape.of(5), two),
                "M.toml: the network ends in [1, 3], but there are 2 targets: end it with a layer of type dense without units");
        assertRefused(
                () -> network(layer("dense") + layer("softmax"), Shape.of(5), two),
                "M.toml: the network ends in softmax, but there are 2 targets: leave it out");
    }

    /** The samples' shape, or their values in a row. */
    @Test
    void anAnomalyDetectorEndsInItsInput() {
        Metadata anomaly = metadata(TaskKind.ANOMALY_DETECTION);
        String image = layer("conv2d", "filters = 3", "kernel = 3") + layer("conv2d", "filters = 1", "kernel = 3");
        assertThat(network(image, IMAGE, anomaly).output().shape()).isEqualTo(Shape.of(1, 8, 8, 1));
        String row = layer("flatten") + layer("dense", "units = 4") + layer("dense");
        Graph graph = network(row, IMAGE, anomaly);
        assertThat(graph.output().shape()).isEqualTo(Shape.of(1, 64));
        assertThat(graph.nodes()).hasSize(3);
        assertRefused(
                () -> network(layer("conv2d", "filters = 1", "kernel = 3", "stride = 2"), IMAGE, anomaly),
                "M.toml: the network ends in [1, 4, 4, 1], but it has to reconstruct its input, [1, 8, 8, 1], or its 64"
                        + " values in a row: end it with a layer of type dense without units");
    }

    private static TrainingConfig training(TaskKind task, String table) {
        return ModelFile.parse("M.toml", TRAIN + table).training(task, IMAGE, 0, 2);
    }

    @Test
    void theUsualLossFollowsFromTheTask() {
        assertThat(training(TaskKind.REGRESSION, "").loss()).isEqualTo(new MeanSquaredError());
        assertThat(training(TaskKind.ANOMALY_DETECTION, "").loss()).isEqualTo(new MeanSquaredError());
        assertThat(training(TaskKind.REGRESSION, "[train.loss]\nname = 'huber'\ndelta = 2")
                        .loss())
                .isEqualTo(new Huber(2));
        assertRefused(
                () -> training(TaskKind.REGRESSION, "[train.loss]\nname = 'cross-entropy'"),
                "M.toml: train: loss: name = \"cross-entropy\" is for classes, but the data ask for regression: give mse,"
                        + " mae or huber");
    }

    @Test
    void theFileMaySayWhatTheDataAreFor() {
        assertThat(ModelFile.parse("M.toml", TRAIN).dataOptions()).isEqualTo(ReadOptions.NONE);
        assertThat(ModelFile.parse("M.toml", TRAIN + "[model]\ntask = 'anomaly'\nnormal_label = '3'")
                        .dataOptions())
                .isEqualTo(new ReadOptions(Optional.of(TaskKind.ANOMALY_DETECTION), Optional.of("3")));
        assertRefused(
                () -> ModelFile.parse("M.toml", TRAIN + "[model]\ntask = 'ranking'"),
                "M.toml: model: task = \"ranking\": give one of classification, regression, anomaly");
        assertRefused(
                () -> ModelFile.parse("M.toml", TRAIN + "[model]\ntask = 'regression'\nnormal_label = '3'"),
                "M.toml: model: normal_label is for task = \"anomaly\": give both");
    }

    @Test
    void aTeacherIsAFileAndHowMuchItCounts() {
        DeclaredTeacher teacher = ModelFile.parse("M.toml", TRAIN + "[train.teacher]\nmodel = 'big.toml'")
                .teacher()
                .orElseThrow();
        assertThat(teacher.model()).isEqualTo("big.toml");
        assertThat(teacher.isDeclared()).isTrue();
        assertThat(teacher.settings()).isEqualTo(DistillationSettings.standard());
        DeclaredTeacher trained = ModelFile.parse(
                        "M.toml", TRAIN + "[train.teacher]\nmodel = 'b.tflite'\nweight = 0.9\ntemperature = 2")
                .teacher()
                .orElseThrow();
        assertThat(trained.isDeclared()).isFalse();
        assertThat(trained.settings()).isEqualTo(new DistillationSettings(0.9, 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            weight = 0.5                       | key 'model' is missing: give it, as in model = "teacher.toml"
            model = 't.onnx'                   | model = "t.onnx": give a file that declares a network, .toml, or a trained one, .tflite
            model = 't.toml';weight = 1.5      | the teacher's share 1.5: give 0 to 1
            model = 't.toml';temperature = 0   | temperature 0.0: give a number above 0
            model = 't.toml';alpha = 0.5       | unknown key 'alpha': known are model, temperature, weight
            model = 't.toml';[train.loss];name = 'mse' | a teacher is of no use to this loss: give cross-entropy, or leave it out
            """)
    void aTeacherWithAMistakeIsNamed(String settings, String message) {
        assertRefused(
                () -> training("[train.teacher]\n" + settings.replace(';', '\n')),
                "M.toml: train: teacher: " + message);
    }

    @Test
    void onlyClassesAreTaught() {
        assertRefused(
                () -> training(TaskKind.REGRESSION, "[train.teacher]\nmodel = 't.toml'"),
                "M.toml: train: teacher: a teacher tells the probabilities of classes, but the data ask for regression:"
                        + " leave it out");
    }

    /** What a provenance keeps declares the same network and training. */
    @Test
    void settingsAreAFileAgain() {
        String text = END + TRAIN.replace("0.01", "1e-3") + "[train.qat]\nepochs = 0x2\nranges = { name = 'lsq' }\n";
        ModelFile file = ModelFile.parse("M.toml", text);
        ModelFile again = ModelFile.ofSettings("kept", file.settings());
        assertThat(again.settings()).isEqualTo(file.settings());
        assertThat(again.training(TaskKind.CLASSIFICATION, IMAGE, 0, 1))
                .isEqualTo(file.training(TaskKind.CLASSIFICATION, IMAGE, 0, 1));
        assertThat(again.network(IMAGE, metadata(3)).nodes())
                .isEqualTo(file.network(IMAGE, metadata(3)).nodes());
        for (String damaged : List.of("", "[]", "{model={}}")) {
            assertRefused(
                    () -> ModelFile.ofSettings("kept", damaged),
                    "kept: it does not hold what a file says as JSON (make it again)");
        }
    }

    /** Comments and white space do not decide what is trained. */
    @Test
    void settingsAreWhatTheFileSays() {
        String settings = ModelFile.parse("M.toml", END + TRAIN).settings();
        assertThat(ModelFile.parse("X.toml", "# a comment\n" + END + "\n\n" + TRAIN)
                        .settings())
                .isEqualTo(settings);
        assertThat(ModelFile.parse("M.toml", END + TRAIN + "validation = true").settings())
                .isNotEqualTo(settings);
    }
}
