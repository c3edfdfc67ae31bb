package org.tinytune.data.feature;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.ValueRange;
import org.tinytune.data.augmentation.Augmentation;

/**
 * What a network sees of samples: the samples themselves, or features of them. It knows nothing but the training
 * samples that it was made for.
 */
public final class NetworkInput {
    /** The name of a camera's image. */
    private static final String IMAGE = "image";

    private static final int IMAGE_RANK = 3;
    private static final Set<Integer> CHANNELS = Set.of(1, 3);

    /** Bytes less 128, from black at 0 to white at 1. */
    private static final Quantization PIXELS = Quantization.perTensor(1f / 255, Byte.MIN_VALUE);

    private final Samples training;
    private final InputEncoding encoding;
    private final Optional<FrontEnd> frontEnd;
    private final Parallel parallel;

    private NetworkInput(Samples training, InputEncoding encoding, Optional<FrontEnd> frontEnd, Parallel parallel) {
        this.training = training;
        this.encoding = encoding;
        this.frontEnd = frontEnd;
        this.parallel = parallel;
    }

    private static NetworkInput of(Samples training, FrontEnd frontEnd, Parallel parallel) {
        return new NetworkInput(
                training, FeatureSamples.encoding(frontEnd.features()), Optional.of(frontEnd), parallel);
    }

    /**
     * The samples themselves.
     *
     * @param encoding of their raw values
     */
    public static NetworkInput of(Samples training, InputEncoding encoding) {
        return new NetworkInput(training, encoding, Optional.empty(), Parallel.of(1));
    }

    /**
     * Features of windows of sensor data, fitted to the training samples.
     *
     * @param parallel makes the features, here and of other samples
     * @throws InvalidModelException if no features can be made of them
     * @throws CancellationException if somebody stopped it
     */
    public static NetworkInput features(FeatureDesign design, Samples training, Parallel parallel) {
        return of(training, design.fit(training, parallel), parallel);
    }

    /** Whether samples are images of a camera, grey or in colours, which a board can make smaller. */
    public static boolean areImages(Samples samples) {
        Shape shape = samples.shape();
        return shape.rank() == IMAGE_RANK
                && samples.signal().isEmpty()
                && samples.declaredRange().equals(Optional.of(ValueRange.BYTES))
                && CHANNELS.contains(shape.dim(2))
                && Math.max(shape.dim(0), shape.dim(1)) <= ResizeAreaParams.MAX_EXTENT
                && (long) shape.dim(0) * shape.dim(1) <= FrontEnd.MAX_PIXELS;
    }

    /**
     * Smaller images, which a board makes of bytes of a camera.
     *
     * @param training images, see {@link #areImages}
     * @param parallel makes them smaller
     * @throws InvalidModelException if they cannot be made smaller so
     */
    public static NetworkInput smaller(ResizeAreaParams params, Samples training, Parallel parallel) {
        return of(training, frontEnd(params, training.shape(), PIXELS), parallel);
    }

    private static FrontEnd frontEnd(ResizeAreaParams params, Shape image, Quantization pixels) {
        Tensor input =
                FrontEnd.image(IMAGE, image.dim(0), image.dim(1), image.dim(2), pixels.scale(), pixels.zeroPoint());
        Tensor output = Tensor.activation(
                FeatureDesign.FEATURES,
                ResizeArea.INSTANCE.inferShape(params, List.of(input.shape())),
                ElementType.INT8,
                pixels);
        return new FrontEnd(input, List.of(new FrontEnd.Stage<>(ResizeArea.INSTANCE, params, output, List.of())));
    }

    /** Whether the network sees samples as they are. */
    public boolean isSamples() {
        return frontEnd.isEmpty();
    }

    /** Whether another network sees the same of every sample. */
    public boolean isSameAs(NetworkInput other) {
        return frontEnd.equals(other.frontEnd);
    }

    /** The shape of a sample as the network sees it, {@code [H, W, C]} or {@code [N]}. */
    public Shape shape() {
        return frontEnd.map(f -> f.features().shape())
                .map(s -> Shape.of(s.dim(1), s.dim(2), s.dim(3)))
                .orElse(training.shape());
    }

    /** How what it sees becomes real numbers. */
    public InputEncoding encoding() {
        return encoding;
    }

    /**
     * What the network sees of some samples.
     *
     * @throws CancellationException if somebody stopped it
     */
    public Samples of(Samples samples) {
        return frontEnd.<Samples>map(f -> FeatureSamples.of(f, samples, parallel))
                .orElse(samples);
    }

    /**
     * What the network sees of the training samples.
     *
     * @param ofWindows changes windows in training before features are made of them
     * @param seed of the changes, which all phases of a training have in common: windows are changed once for all
     * @throws IllegalArgumentException if there are changes, but no features
     * @throws CancellationException if somebody stopped it
     */
    public Samples training(Augmentation ofWindows, long seed) {
        if (ofWindows != Augmentation.NONE && frontEnd.isEmpty()) {
            throw new IllegalArgumentException("no features are made, so that nothing can come before them");
        }
        return frontEnd.<Samples>map(
                        f -> FeatureSamples.of(f, training, parallel).varied(ofWindows, seed))
                .orElse(training);
    }

    /**
     * The model for the samples: the front end before the network.
     *
     * @param int8Network trained on what it sees, or with weights of any value
     * @throws InvalidModelException if its input is another
     */
    public Graph model(Graph int8Network) {
        return frontEnd.map(f -> model(f, int8Network, training)).orElse(int8Network);
    }

    private static Graph model(FrontEnd frontEnd, Graph network, Samples training) {
        return training.signal().isPresent()
                ? model(frontEnd, network, training.signal().get())
                : skeleton((ResizeAreaParams) frontEnd.stages().get(0).params(), training, requireBytes(network));
    }

    /** A byte less 128 has to be its own quantized value, as it was in training. */
    private static Graph requireBytes(Graph network) {
        Quantization input = network.input().quantization();
        boolean same = input.zeroPoint() == PIXELS.zeroPoint() && Math.abs(input.scale() / PIXELS.scale() - 1) < 1e-6;
        if (!same) {
            throw new IllegalStateException("the network's input has " + input + ", not that of bytes");
        }
        return network;
    }

    /**
     * A model as large and as fast as one that is trained.
     *
     * @param int8Network with weights of any value, whose input may have any quantization
     */
    public static Graph skeleton(FeatureDesign design, Samples windows, Graph int8Network) {
        FrontEnd frontEnd = design.unfitted(windows).endingIn(int8Network.input());
        return model(frontEnd, int8Network, windows.signal().orElseThrow());
    }

    /**
     * The model for smaller images.
     *
     * @param int8Network whose input has the quantization of the images
     */
    public static Graph skeleton(ResizeAreaParams params, Samples images, Graph int8Network) {
        return frontEnd(params, images.shape(), int8Network.input().quantization())
                .before(int8Network);
    }

    private static Graph model(FrontEnd frontEnd, Graph network, SignalFormat signal) {
        float count = frontEnd.input().quantization().scale();
        InputEncoding counts = new InputEncoding(List.of(0f), List.of(1 / count), Short.MIN_VALUE, Short.MAX_VALUE);
        Metadata metadata = signal.describe(network.metadata().withEncoding(counts));
        return frontEnd.before(network).withMetadata(metadata);
    }
}
