package org.tinytune.cli.model;

import java.util.Optional;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.data.feature.FeatureMaker;

/** Says what the output bytes of an autoencoder mean: how badly it reconstructs a sample. Checked by: ReadingsTest. */
public final class AnomalyDetector {
    private final Graph graph;
    private final SampleEncoder encoder;
    private final Optional<FeatureMaker> features;
    private final Optional<Double> threshold;

    /**
     * What was made of a sample.
     *
     * @param error of its reconstruction
     * @param threshold above which an error is an anomaly; absent if the model does not say
     * @param anomaly whether this one is; absent without a threshold
     */
    public record Verdict(double error, Optional<Double> threshold, Optional<Boolean> anomaly) {}

    /**
     * @param graph an INT8 autoencoder
     * @throws InvalidModelException if it has not as many outputs as inputs
     */
    public AnomalyDetector(Graph graph) {
        this.graph = graph;
        this.encoder = SampleEncoder.of(graph);
        this.threshold = AnomalyThreshold.of(graph.metadata()).map(AnomalyThreshold::error);
        this.features = FrontEnd.of(graph).map(FeatureMaker::of);
        int inputs = features.map(maker -> maker.features().shape().elements())
                .orElse(encoder.sampleShape().elements());
        if (graph.outputs().size() != 1 || graph.output().shape().elements() != inputs) {
            throw new InvalidModelException(
                    "the model finds anomalies, but does not reconstruct its " + inputs + " inputs");
        }
    }

    /**
     * The verdict on a sample.
     *
     * @param raw its values
     * @param output what the model gave for it
     */
    public Verdict verdict(float[] raw, byte[] output) {
        float[] reals = Reals.of(graph.output(), output);
        double error = AnomalyThreshold.error(seen(raw), 0, reals, 0, reals.length);
        return new Verdict(error, threshold, threshold.map(t -> error > t));
    }

    /** What is to be reconstructed. */
    private float[] seen(float[] raw) {
        return features.map(maker -> Reals.of(maker.features(), maker.make(encoder.encode(raw))))
                .orElseGet(() -> encoder.real(raw));
    }
}
