package org.tinytune.nas;

import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.SplitPlan;

/** Data sets of a few noisy samples that are easily learnt, made from a seed. */
final class SyntheticData {
    static final List<String> LABELS = List.of("low", "middle", "high");

    /** Columns of a vector, rows and columns of an image. */
    private static final int SIDE = 6;

    private SyntheticData() {}

    /** Vectors of six columns, two of which are larger, which two being the class. */
    static Dataset vectors(int samplesPerClass, long seed) {
        return dataset(Shape.of(SIDE), samplesPerClass, seed);
    }

    /** The same vectors, each of one of so many groups, of which all have samples of every class. */
    static Dataset groupedVectors(int samplesPerClass, long seed, int groups) {
        return groupedVectors(samplesPerClass, seed, groups, SplitPlan.STRATIFIED);
    }

    /** The same, to be divided in some way. */
    static Dataset groupedVectors(int samplesPerClass, long seed, int groups, SplitPlan plan) {
        return dataset(Shape.of(SIDE), samplesPerClass, seed, groups, plan);
    }

    /** Images of 6 by 6 pixels, two rows of which are brighter, which two being the class. */
    static Dataset images(int samplesPerClass, long seed) {
        return dataset(Shape.of(SIDE, SIDE, 1), samplesPerClass, seed);
    }

    private static Dataset dataset(Shape shape, int samplesPerClass, long seed) {
        return dataset(shape, samplesPerClass, seed, 0, SplitPlan.STRATIFIED);
    }

    private static Dataset dataset(Shape shape, int samplesPerClass, long seed, int groups, SplitPlan plan) {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("synthetic"), shape)
                .labels(LABELS)
                .splitPlan(plan);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < samplesPerClass * LABELS.size(); i++) {
            int label = i % LABELS.size();
            builder.add(sample(shape, label, random), LABELS.get(label));
            if (groups > 0) {
                builder.group("group " + i / LABELS.size() % groups);
            }
        }
        return builder.build();
    }

    private static float[] sample(Shape shape, int label, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        int perRow = values.length / SIDE;
        for (int v = 0; v < values.length; v++) {
            boolean bright = v / perRow / 2 == label;
            values[v] = (float) (random.nextDouble() + (bright ? 0.7 : 0));
        }
        return values;
    }
}
