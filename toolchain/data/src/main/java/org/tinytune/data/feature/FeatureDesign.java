package org.tinytune.data.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;

/**
 * How features are made of windows of sensor data: by a block, or of the readings as they are. Fitted to training
 * samples it becomes a {@link FrontEnd}, whose last block gives every feature a mean of 0 and a deviation of 1 over
 * them, in steps of 1/32.
 *
 * <p>Checked by: FeatureDesignTest.
 *
 * @param block that makes features of frames; without one, a reading is a feature
 */
public record FeatureDesign(Optional<FeatureBlock<?>> block) {
    /** The readings as they are. */
    public static final FeatureDesign READINGS = new FeatureDesign(Optional.empty());

    /** The name of the features, which is that of a network's input. */
    public static final String FEATURES = "input";

    /** The name of the windows. */
    public static final String SAMPLES = "samples";

    /** What a step of a feature is: int8 then holds four deviations to either side. */
    static final Quantization STEP = Quantization.perTensor(1f / Standardization.STEPS, 0);

    /** A block that makes features of frames. */
    public static <P extends Record> FeatureDesign of(FrameOperator<P> operator, P params) {
        return new FeatureDesign(Optional.of(new FeatureBlock<>(operator, params)));
    }

    /**
     * The shape of the features of a window, {@code [frames, features, channels]}.
     *
     * @param window {@code [samples, 1, channels]}
     * @throws InvalidModelException if no features can be made of it
     */
    public Shape shape(Shape window) {
        Tensor samples = FrontEnd.samples(SAMPLES, window.dim(0), window.dim(2), 1);
        Shape features = block.map(b -> b.stage(samples).output().shape()).orElse(samples.shape());
        return Shape.of(features.dim(1), features.dim(2), features.dim(3));
    }

    /**
     * The front end for windows of sensor data, fitted to nothing: as large and as fast as one that is.
     *
     * @throws InvalidModelException if no features can be made of them
     */
    public FrontEnd unfitted(Samples windows) {
        Tensor samples = samples(windows);
        Shape features = shape(windows.shape());
        return frontEnd(samples, Standardization.unfitted(features.dim(1) * features.dim(2)));
    }

    /**
     * The front end for windows of sensor data, fitted to these.
     *
     * @param windows of the training part alone
     * @throws InvalidModelException if no features can be made of them
     * @throws CancellationException if somebody stopped it
     */
    public FrontEnd fit(Samples windows, Parallel parallel) {
        Tensor samples = samples(windows);
        Optional<FeatureMaker> maker =
                block.map(b -> FeatureMaker.of(new FrontEnd(samples, List.of(b.stage(samples)))));
        return frontEnd(samples, Standardization.of(windows, maker, parallel));
    }

    private static Tensor samples(Samples windows) {
        float scale = (float) windows.signal()
                .orElseThrow(() -> new IllegalArgumentException("samples are no windows of sensor data"))
                .scale();
        return FrontEnd.samples(SAMPLES, windows.shape().dim(0), windows.shape().dim(2), scale);
    }

    private FrontEnd frontEnd(Tensor samples, Standardization standardization) {
        List<Stage<?>> stages = new ArrayList<>();
        block.ifPresent(b -> stages.add(b.stage(samples)));
        Tensor before = stages.isEmpty() ? samples : stages.get(0).output();
        Tensor features = Tensor.activation(FEATURES, before.shape(), ElementType.INT8, STEP);
        stages.add(new Stage<>(
                Standardize.INSTANCE,
                new StandardizeParams(standardization.shift()),
                features,
                List.of(constant("mean", standardization.means()), constant("factor", standardization.factors()))));
        return new FrontEnd(samples, stages);
    }

    private static Tensor constant(String name, short[] values) {
        return Tensor.constant("front_end/" + name, Shape.of(values.length), Quantization.NONE, TensorData.of(values));
    }
}
