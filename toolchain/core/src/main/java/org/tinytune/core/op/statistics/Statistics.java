package org.tinytune.core.op.statistics;

import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.quant.Quantization;

/**
 * {@code STATISTICS}: mean, range, deviation and the like of each channel. The output counts in whole numbers; each
 * statistic has a unit of its own, which {@link Statistic} says.
 */
public final class Statistics extends FrameOperator<StatisticsParams> {
    /** The operator. */
    public static final Statistics INSTANCE = new Statistics();

    /** Of a sample: its square, and second to fourth power of its deviation. */
    private static final int MACS_OF_SAMPLE = 4;

    private Statistics() {
        super("STATISTICS", StatisticsParams.class, Quantization.perTensor(1, 0));
    }

    @Override
    protected Frames frames(StatisticsParams params) {
        return params.frames();
    }

    @Override
    protected int features(StatisticsParams params) {
        return params.statistics().size();
    }

    @Override
    protected long macs(StatisticsParams params) {
        return (long) MACS_OF_SAMPLE * params.frames().length();
    }

    @Override
    protected FrameKernel.Frame frame(StatisticsParams params) {
        return FrameStatistics.of(params.frames().length(), params.statistics());
    }
}
