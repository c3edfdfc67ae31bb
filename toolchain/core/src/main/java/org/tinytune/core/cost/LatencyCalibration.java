package org.tinytune.core.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/**
 * The coefficients of a {@link LatencyModel} that explain measured inferences best: those that make the squared
 * relative errors least, none of them below a floor. An element that would cost less has no coefficient: the
 * measurements say nothing of it.
 *
 * @param cyclesPerInvoke fixed cost of one inference
 * @param cyclesPerMac by operator name
 * @param cyclesPerElement by operator name
 * @param relativeError root mean square of the relative errors, each of a measurement that the others predict
 */
public record LatencyCalibration(
        double cyclesPerInvoke,
        SortedMap<String, Double> cyclesPerMac,
        SortedMap<String, Double> cyclesPerElement,
        double relativeError) {
    /** Nothing is free, however little a measurement says of it. */
    private static final double FLOOR_CYCLES = 0.01;

    private static final int SWEEPS = 3000;

    /**
     * An inference that was measured.
     *
     * @param graph an INT8 graph
     * @param cycles of one inference, above 0
     */
    public record Measurement(Graph graph, double cycles) {}

    /** What a coefficient stands for; a work of neither is the inference itself. */
    private record Work(String operator, boolean macs) {
        static final Work INVOKE = new Work("", false);
    }

    /**
     * Fits the coefficients.
     *
     * @param measurements of several networks, at least two more than there are coefficients
     * @throws IllegalArgumentException if there are too few
     */
    public static LatencyCalibration of(List<Measurement> measurements) {
        List<Work> works = works(measurements);
        if (measurements.size() < works.size() + 2) {
            throw new IllegalArgumentException(
                    measurements.size() + " measurements are too few for " + works.size() + " coefficients");
        }
        double[][] rows = measurements.stream().map(m -> row(m, works)).toArray(double[][]::new);
        double squares = 0;
        for (int left = 0; left < rows.length; left++) {
            double error = dot(rows[left], fit(without(rows, left))) - 1;
            squares += error * error;
        }
        return of(works, fit(rows), Math.sqrt(squares / rows.length));
    }

    private static LatencyCalibration of(List<Work> works, double[] cycles, double relativeError) {
        SortedMap<String, Double> perMac = new TreeMap<>();
        SortedMap<String, Double> perElement = new TreeMap<>();
        for (int j = 1; j < cycles.length; j++) {
            if (!works.get(j).macs && cycles[j] == FLOOR_CYCLES) {
                continue;
            }
            (works.get(j).macs ? perMac : perElement).put(works.get(j).operator, cycles[j]);
        }
        return new LatencyCalibration(cycles[0], perMac, perElement, relativeError);
    }

    private static List<Work> works(List<Measurement> measurements) {
        SortedSet<String> withMacs = new TreeSet<>();
        SortedSet<String> all = new TreeSet<>();
        for (Measurement measurement : measurements) {
            for (Node<?> node : measurement.graph.nodes()) {
                all.add(node.operator().name());
                if (measurement.graph.cost(node).macs() > 0) {
                    withMacs.add(node.operator().name());
                }
            }
        }
        List<Work> works = new ArrayList<>(List.of(Work.INVOKE));
        withMacs.forEach(name -> works.add(new Work(name, true)));
        all.forEach(name -> works.add(new Work(name, false)));
        return works;
    }

    /** How much of each work a measurement holds, in units of its cycles: with the right coefficients, the sum is 1. */
    private static double[] row(Measurement measurement, List<Work> works) {
        Graph graph = measurement.graph;
        Map<Work, Double> amounts = new TreeMap<>((a, b) -> works.indexOf(a) - works.indexOf(b));
        amounts.put(Work.INVOKE, 1.0);
        for (Node<?> node : graph.nodes()) {
            String name = node.operator().name();
            if (graph.cost(node).macs() > 0) {
                amounts.merge(new Work(name, true), (double) graph.cost(node).macs(), Double::sum);
            }
            amounts.merge(new Work(name, false), (double) LatencyModel.elements(graph, node), Double::sum);
        }
        return works.stream()
                .mapToDouble(work -> amounts.getOrDefault(work, 0.0) / measurement.cycles)
                .toArray();
    }

    private static double[][] without(double[][] rows, int left) {
        double[][] others = Arrays.copyOf(rows, rows.length - 1);
        System.arraycopy(rows, left + 1, others, left, others.length - left);
        return others;
    }

    /** Least squares of {@code rows · x = 1} with x at least {@link #FLOOR_CYCLES}, one coordinate after the other. */
    private static double[] fit(double[][] rows) {
        double[] x = new double[rows[0].length];
        Arrays.fill(x, FLOOR_CYCLES);
        double[] residual = new double[rows.length];
        Arrays.setAll(residual, i -> 1 - dot(rows[i], x));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int j = 0; j < x.length; j++) {
                double gradient = 0;
                double curvature = 0;
                for (int i = 0; i < rows.length; i++) {
                    gradient += rows[i][j] * residual[i];
                    curvature += rows[i][j] * rows[i][j];
                }
                if (curvature == 0) {
                    continue; // what is left of the measurements has nothing of it
                }
                double step = Math.max(FLOOR_CYCLES, x[j] + gradient / curvature) - x[j];
                x[j] += step;
                for (int i = 0; i < rows.length; i++) {
                    residual[i] -= step * rows[i][j];
                }
            }
        }
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
