package org.tinytune.data.feature;

import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Int16Store;
import org.tinytune.data.SignalFormat;

/** Windows of tones in noise, of two classes by their pitch. */
final class SyntheticWindows {
    static final int RATE_HZ = 8000;

    private SyntheticWindows() {}

    static Dataset tones(int count, int samples, double scale, double gain) {
        return tones(count, samples, scale, gain, 1);
    }

    /** @param step that all counts are multiples of */
    static Dataset tones(int count, int samples, double scale, double gain, int step) {
        Shape shape = Shape.of(samples, 1, 2);
        Int16Store.HeapSink sink = new Int16Store.HeapSink(shape.elements(), count);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < count; i++) {
            short[] window = new short[shape.elements()];
            double hertz = (i % 2 == 0 ? 300 : 1100) * (1 + 0.1 * random.nextDouble());
            for (int t = 0; t < samples; t++) {
                double tone = StrictMath.sin(2 * StrictMath.PI * hertz * t / RATE_HZ);
                window[2 * t] = rounded(gain * (8000 * tone + 200 * random.nextDouble()), step);
                window[2 * t + 1] = rounded(gain * 3000 * random.nextDouble(), step);
            }
            sink.put(i, window);
        }
        SignalFormat signal = new SignalFormat(RATE_HZ, scale, List.of("left", "right"), "");
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("tones"), shape, sink.store(), signal);
        for (int i = 0; i < count; i++) {
            builder.addStored(i % 2 == 0 ? "low" : "high");
        }
        return builder.build();
    }

    private static short rounded(double value, int step) {
        return (short) (step * StrictMath.rint(value / step));
    }
}
