package org.tinytune.train.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Declares networks at random: every type of layer, in any order that its shapes allow. */
public final class Networks {
    /** Steps of a sample of {@link #sequence}. */
    public static final int STEPS = 6;

    private static final String TRAIN = "[train]\nqat.epochs = 1\nepochs = 1\nbatch_size = 8\nlearning_rate = 0.01\n";
    private static final String BINARY = "loss.name = 'binary-cross-entropy'\n";

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private int layers;
    private boolean grown;

    private Networks(long seed) {
        random = new SplittableRandom(seed);
    }

    /** For images, with an output for each class, exactly one of which is true. */
    public static String random(long seed) {
        Networks network = new Networks(seed);
        network.body();
        return network.end(false, "");
    }

    /** For images, with a single output for two classes, or a yes or no for each. */
    public static String binary(long seed) {
        Networks network = new Networks(seed);
        network.body();
        return network.end(true, network.pick("units = 1", "units = 2"));
    }

    /** For rows of values that are sequences of {@link #STEPS}. */
    public static String sequence(long seed) {
        Networks network = new Networks(seed);
        network.text.append("[model]\nsteps = " + STEPS + "\n");
        for (int left = network.random.nextInt(4); left > 0; left--) {
            network.rows();
        }
        network.svdf();
        return network.end(network.random.nextBoolean(), "");
    }

    private String end(boolean binary, String units) {
        layer("dense", units, "batch_norm = " + random.nextBoolean());
        if (random.nextBoolean()) {
            layer(binary ? "sigmoid" : "softmax");
        }
        return text + TRAIN + (binary ? BINARY : "");
    }

    private String layer(String type, String... settings) {
        String name = "n" + layers++;
        text.append("[[layer]]\ntype = '" + type + "'\nname = '" + name + "'\n");
        for (String setting : settings) {
            text.append(setting).append('\n');
        }
        return name;
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private String finish() {
        return "batch_norm = " + random.nextBoolean() + "\nactivation = '" + pick("none", "relu", "relu6") + "'";
    }

    private String activation() {
        return "activation = '" + pick("none", "relu", "relu6", "relu_n1_to_1") + "'";
    }

    private static String inputs(List<String> names) {
        return "inputs = ['" + String.join("', '", names) + "']";
    }

    /** Everything in front of the last dense layer. */
    private void body() {
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            block();
        }
        if (random.nextInt(4) == 0) {
            layer("flatten");
            layer("conv1d", "filters = 3", "kernel = 3", "stride = 2", finish());
        }
        layer(pick("flatten", "global_mean", "global_max"));
        if (random.nextBoolean()) {
            layer("dense", "units = " + random.nextInt(1, 9), finish());
            layer("dropout", "rate = 0.25");
        }
    }

    private void block() {
        switch (random.nextInt(13)) {
            case 0 -> layer("conv2d", "filters = " + random.nextInt(1, 9), kernel(), finish());
            case 1 -> layer("separable_conv2d", "filters = " + random.nextInt(1, 9), kernel(), finish());
            case 2 -> layer("depthwise_conv2d", "multiplier = " + random.nextInt(1, 3), kernel(), finish());
            case 3 -> pool();
            case 4 -> layer("pad", "rows = [1, 0]", "columns = [0, " + random.nextInt(3) + "]");
            case 5 -> residual();
            case 6 -> gate();
            case 7 -> concatenate();
            case 8 -> grow();
            case 9 -> layer("mean", "axes = [" + pick("'height'", "'width'", "'channels'", "'height', 'width'") + "]");
            case 10 -> layer("spatial_dropout", "rate = 0.25");
            default -> curve();
        }
    }

    private void curve() {
        if (random.nextInt(4) == 0) {
            layer("leaky_relu", "alpha = " + pick("0", "0.1", "0.5", "1"));
        } else {
            layer(pick("relu", "relu6", "sigmoid", "tanh", "hard_swish"));
        }
    }

    private void pool() {
        String size = "size = [" + random.nextInt(1, 5) + ", " + random.nextInt(1, 5) + "]";
        layer(pick("max_pool", "average_pool"), size, "stride = " + pick("1", "2"), "padding = 'same'");
    }

    /** Kernels of 1 and 3 in either direction. */
    private String kernel() {
        return "kernel = [" + pick("1", "3") + ", " + pick("1", "3") + "]\nstride = " + pick("1", "1", "2");
    }

    /** A transposed convolution, which makes the image larger once at most: for the sake of time. */
    private void grow() {
        String stride = grown ? "1" : pick("2", "[1, 3]");
        grown = true;
        String kernel = "kernel = [" + pick("1", "3") + ", " + pick("1", "2", "3") + "]\nstride = " + stride;
        layer("transpose_conv2d", "filters = " + random.nextInt(1, 5), kernel, padding(), finish());
    }

    private String padding() {
        return "padding = '" + pick("same", "valid") + "'";
    }

    private void residual() {
        String branch = layer("conv2d", "filters = 4", "kernel = 1", finish());
        String inside = layer("conv2d", "filters = 4", "kernel = 3", finish());
        layer(pick("add", "subtract", "multiply"), inputs(List.of(branch, inside)), activation());
    }

    /** A value for each channel, or a single one, meets an image. */
    private void gate() {
        String image = layer("conv2d", "filters = 4", "kernel = 1", finish());
        layer(pick("global_mean", "global_max"));
        layer("dense", "units = " + pick("1", "4"), finish());
        String gates = layer(pick("sigmoid", "tanh", "hard_swish"));
        List<String> both = random.nextBoolean() ? List.of(image, gates) : List.of(gates, image);
        layer(pick("add", "subtract", "multiply"), inputs(both), activation());
    }

    /** Two or more branches, of which some have a quantization of their own, and some come twice. */
    private void concatenate() {
        List<String> branches = new ArrayList<>();
        branches.add(layer("conv2d", "filters = " + random.nextInt(1, 5), "kernel = 1", finish()));
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            branches.add(
                    switch (random.nextInt(4)) {
                        case 0 -> layer(pick("sigmoid", "tanh"));
                        case 1 -> branches.get(0);
                        default -> layer("conv2d", "filters = " + random.nextInt(1, 5), "kernel = 3", finish());
                    });
        }
        layer("concatenate", inputs(branches));
    }

    private String svdf() {
        return layer(
                "svdf",
                "units = " + random.nextInt(1, 7),
                "memory = " + random.nextInt(1, 9),
                "rank = " + random.nextInt(1, 3),
                "activation = '" + pick("none", "relu") + "'");
    }

    private void rows() {
        switch (random.nextInt(5)) {
            case 0 -> layer("dense", "units = " + random.nextInt(1, 9), finish());
            case 1 -> layer("dropout", "rate = 0.25");
            case 2 -> layer("concatenate", inputs(List.of(svdf(), "input")));
            case 3 -> svdf();
            default -> curve();
        }
    }
}
