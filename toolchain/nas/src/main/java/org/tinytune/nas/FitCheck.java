package org.tinytune.nas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.search.trial.Feasibility;

/**
 * Rejects what cannot fit the board before it is trained. The constraint values are the bytes, or microseconds, by
 * which a candidate is over; negative where there is room to spare.
 */
public final class FitCheck {
    /** Names of the constraints, in the order of the values. */
    public static final List<String> CONSTRAINTS = List.of("ramBytes", "flashBytes", "latencyMicros");

    /** Units of the values, for people. */
    static final List<String> UNITS = List.of("B of RAM", "B of flash", "us of latency");

    /**
     * By how much the firmware of a trained model may be larger than that of its skeleton: zero points, multipliers and
     * shifts are constants that the compiler knows, and some take an instruction or a register more. Upper bounds need
     * no margin.
     */
    private static final int RAM_MARGIN_BYTES = 16;

    private static final int FLASH_MARGIN_BYTES = 384;

    private final FootprintMeter meter;
    private final Limits limits;

    /**
     * @param meter of the board; candidates are planned within the limit of RAM
     * @param limits that a candidate has to keep
     */
    public FitCheck(FootprintMeter meter, Limits limits) {
        this.meter = meter.withinRam(limits.ramBytes());
        this.limits = limits;
    }

    /**
     * Checks a candidate. Where firmware is linked, it must leave a little room for what training may add.
     *
     * @param skeleton its INT8 graph, with weights of any value
     */
    public Feasibility check(Graph skeleton) {
        BoardPlan plan = meter.plan(skeleton);
        long arenaOver = plan.plan().arenaBytes() - limits.ramBytes();
        long weightsOver = constantBytes(plan.graph()) - limits.flashBytes();
        if (arenaOver > 0 || weightsOver > 0) {
            return tooLarge(arenaOver, weightsOver);
        }
        try {
            Footprint footprint = meter.measure(plan);
            return new Feasibility(overWithMargin(footprint), TrialFigures.attributes(footprint));
        } catch (TinytuneException e) {
            if (e.exitCode() != ExitCode.DOES_NOT_FIT) {
                throw e;
            }
            return tooLarge(arenaOver, Math.max(1, weightsOver));
        }
    }

    private List<Double> overWithMargin(Footprint footprint) {
        List<Double> over = over(footprint);
        if (footprint.linked()) {
            over.set(0, over.get(0) + RAM_MARGIN_BYTES);
            over.set(1, over.get(1) + FLASH_MARGIN_BYTES);
        }
        return over;
    }

    /** By how much a model is over each limit, at most 0 where it fits. */
    public List<Double> over(Footprint footprint) {
        List<Double> over = new ArrayList<>();
        over.add((double) (footprint.ramBytes() - limits.ramBytes()));
        over.add((double) (footprint.flashBytes() - limits.flashBytes()));
        over.add(latencyOver(footprint));
        return over;
    }

    private double latencyOver(Footprint footprint) {
        if (limits.latencyMicros().isEmpty()) {
            return -1;
        }
        long limit = limits.latencyMicros().getAsLong();
        double certain = footprint.latency().microsAtProbability(limits.latencyProbability());
        return certain - limit;
    }

    /** Arena or weights alone are over; nothing has to be linked to know it, and the true excess is larger still. */
    private static Feasibility tooLarge(long arenaOver, long weightsOver) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("excess", "lower bound: arena and weights alone");
        return new Feasibility(List.of((double) arenaOver, (double) weightsOver, -1.0), attributes);
    }

    private static long constantBytes(Graph graph) {
        return graph.tensors().stream()
                .filter(t -> t.isConstant())
                .mapToLong(t -> t.bytes())
                .sum();
    }
}
