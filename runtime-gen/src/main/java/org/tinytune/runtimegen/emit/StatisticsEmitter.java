package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.Locale;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.statistics.Statistic;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.statistics.StatisticsParams;
import org.tinytune.core.tensor.Shape;

/** {@code STATISTICS}: a flag for each, so that what is not asked for leaves no code. */
final class StatisticsEmitter implements Emitter<StatisticsParams> {
    @Override
    public Operator<StatisticsParams> operator() {
        return Statistics.INSTANCE;
    }

    @Override
    public List<KernelCall> emit(Site<StatisticsParams> site) {
        Frames frames = site.params().frames();
        Shape input = site.input(0).shape();
        KernelCall.Builder call = KernelCall.ofInt16("statistics")
                .summary(frames.length() + " samples every " + frames.stride())
                .rows(site.outputShape().rows())
                .geometry("samples", input.rows())
                .geometry("channels", input.dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("frames", site.outputShape().rows())
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("length", frames.length())
                .geometry("stride", frames.stride());
        for (Statistic statistic : Statistic.values()) {
            boolean wanted = site.params().statistics().contains(statistic);
            call.geometry(statistic.name().toLowerCase(Locale.ROOT), wanted ? 1 : 0);
        }
        return List.of(call.build());
    }
}
