package org.tinytune.train;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.range.LearnedScales;
import org.tinytune.train.range.LearnedSteps;

/** Trains a small network with all that is random about it, and prints a digest of the result. */
public final class TrainedDigest {
    private TrainedDigest() {}

    /** Prints the loops and the digests. */
    public static void main(String[] arguments) {
        System.out.println(VectorProvider.get().name() + " " + of(train(1, 2)) + " " + of(trainQuantization(1, 2)));
    }

    /** A network with batch norm and dropout for {@link ListedSamples#bars}. */
    static Graph network() {
        return new FloatNetwork(6, 6, 1)
                .encoding(new InputEncoding(List.of(0f), List.of(0.5f), 0, 1))
                .convWithoutBias("conv", 6, 3)
                .batchNorm("norm1")
                .relu("relu1")
                .depthwise("depthwise", 3, 1)
                .batchNorm("norm2")
                .relu6("relu2")
                .mean()
                .dropout("dropout", 0.2f)
                .dense("logits", 3)
                .softmax()
                .build();
    }

    static TrainingResult train(long seed, int threads) {
        return train(TrainingConfig.standard(3, 2, 20, 0.02, threads), seed);
    }

    /** With all that can be learned of quantization. */
    static TrainingResult trainQuantization(long seed, int threads) {
        QatSettings learned =
                new QatSettings(2, 0.1).with(LearnedSteps.standard()).with(LearnedScales.standard());
        return train(TrainingConfig.standard(1, 2, 20, 0.02, threads).with(learned), seed);
    }

    private static TrainingResult train(TrainingConfig config, long seed) {
        return Trainer.fit(
                network(),
                ListedSamples.bars(90, 1),
                Optional.of(ListedSamples.bars(30, 2)),
                config,
                seed,
                TrainingListener.NONE,
                () -> false);
    }

    /** A digest of all weights, quantizations and scores. */
    static String of(TrainingResult result) {
        StringBuilder text = new StringBuilder(result.history().toString());
        for (Graph graph : List.of(result.floatGraph(), result.int8Graph())) {
            for (Tensor tensor : graph.tensors()) {
                text.append(tensor.name())
                        .append(Arrays.toString(tensor.quantization().scales()));
                text.append(Arrays.toString(tensor.quantization().zeroPoints()));
                tensor.data().map(TrainedDigest::elements).ifPresent(text::append);
            }
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String elements(TensorData data) {
        return switch (data.type()) {
            case FLOAT32 -> Arrays.toString(data.float32());
            case INT8 -> Arrays.toString(data.int8());
            case INT64 -> Arrays.toString(data.int64());
            case INT32 -> Arrays.toString(data.int32());
            default -> throw new IllegalArgumentException("constants of " + data.type());
        };
    }
}
