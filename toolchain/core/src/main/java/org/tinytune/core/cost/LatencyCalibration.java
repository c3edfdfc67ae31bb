package org.tinytune.core.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * The coefficients of a {@link LatencyModel} that explain measured inferences best: those that make the squared
 * relative errors least, none of them below a floor. An element that would cost less has no coefficient: the
 * measurements say nothing of it.
 *
 * @param cyclesPerInvoke fixed cost of one inference
 * @param cyclesPerMac by kernel
 * @param cyclesPerElement by kernel
 * @param cyclesPerWindow by kernel
 * @param cyclesPerWindowElement by kernel
 * @param relativeError root mean square of the relative errors of networks, each of a measurement that the others
 *     predict
 * @param blockRelativeError the same of blocks before networks; 0 if none were measured
 */
public record LatencyCalibration(
        double cyclesPerInvoke,
        SortedMap<String, Double> cyclesPerMac,
        SortedMap<String, Double> cyclesPerElement,
        SortedMap<String, Double> cyclesPerWindow,
        SortedMap<String, Double> cyclesPerWindowElement,
        double relativeError,
        double blockRelativeError) {
    /** Nothing is free, however little a measurement says of it. */
    private static final double FLOOR_CYCLES = 0.01;

    private static final int SWEEPS = 3000;

    /**
     * An inference that was measured.
     *
     * @param kernels all that ran
     * @param cycles of one inference, above 0
     */
    public record Measurement(List<KernelWork> kernels, double cycles) {
        /** Keeps a copy. */
        public Measurement {
            kernels = List.copyOf(kernels);
        }
    }

    /** What a coefficient counts. */
    private enum Amount {
        MACS(KernelWork::macs),
        ELEMENTS(KernelWork::elements),
        WINDOWS(KernelWork::windows),
        WINDOW_ELEMENTS(KernelWork::windowElements);

        private final ToLongFunction<KernelWork> of;

        Amount(ToLongFunction<KernelWork> of) {
            this.of = of;
        }
    }

    /** What a coefficient stands for. */
    private record Term(Amount amount, String kernel) {
        double in(Measurement measurement) {
            return measurement.kernels.stream()
                    .filter(work -> work.kernel().equals(kernel))
                    .mapToLong(amount.of)
                    .sum();
        }
    }

    /**
     * Fits the coefficients.
     *
     * @param measurements of several networks, at least two more than there are coefficients
     * @throws IllegalArgumentException if there are too few
     */
    public static LatencyCalibration of(List<Measurement> measurements) {
        List<Term> terms = terms(measurements);
        if (measurements.size() < terms.size() + 3) {
            throw new IllegalArgumentException(
                    measurements.size() + " measurements are too few for " + (terms.size() + 1) + " coefficients");
        }
        double[][] rows = measurements.stream().map(m -> row(m, terms)).toArray(double[][]::new);
        double[] target = new double[rows.length];
        Arrays.fill(target, 1);
        double[] cycles = fit(rows, target);
        double[] ofTerms = Arrays.copyOfRange(cycles, 1, cycles.length);
        return new LatencyCalibration(
                cycles[0],
                coefficients(Amount.MACS, terms, ofTerms),
                coefficients(Amount.ELEMENTS, terms, ofTerms),
                coefficients(Amount.WINDOWS, terms, ofTerms),
                coefficients(Amount.WINDOW_ELEMENTS, terms, ofTerms),
                error(rows, target),
                0);
    }

    /**
     * The same with coefficients of other kernels, which leave those of networks as they are: an inference costs what
     * it does there.
     *
     * @param blocks measurements of blocks without a network; none of their kernels is known yet
     */
    public LatencyCalibration withBlocks(List<Measurement> blocks) {
        if (blocks.isEmpty()) {
            return this;
        }
        List<Term> terms = terms(blocks);
        double[][] rows = blocks.stream()
                .map(m -> row(m, terms))
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(double[][]::new);
        double[] target =
                blocks.stream().mapToDouble(m -> 1 - cyclesPerInvoke / m.cycles).toArray();
        double[] cycles = fit(rows, target);
        return new LatencyCalibration(
                cyclesPerInvoke,
                merged(cyclesPerMac, coefficients(Amount.MACS, terms, cycles)),
                merged(cyclesPerElement, coefficients(Amount.ELEMENTS, terms, cycles)),
                merged(cyclesPerWindow, coefficients(Amount.WINDOWS, terms, cycles)),
                merged(cyclesPerWindowElement, coefficients(Amount.WINDOW_ELEMENTS, terms, cycles)),
                relativeError,
                error(rows, target));
    }

    private static SortedMap<String, Double> merged(SortedMap<String, Double> some, SortedMap<String, Double> others) {
        SortedMap<String, Double> all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    /** The root mean square of the errors of rows, each predicted by all others. */
    private static double error(double[][] rows, double[] target) {
        double squares = 0;
        for (int left = 0; left < rows.length; left++) {
            double[] others = new double[target.length - 1];
            System.arraycopy(target, 0, others, 0, left);
            System.arraycopy(target, left + 1, others, left, others.length - left);
            double error = dot(rows[left], fit(without(rows, left), others)) - target[left];
            squares += error * error;
        }
        return Math.sqrt(squares / rows.length);
    }

    /**
     * Those of an amount: all of MACs, and of elements where a kernel has no MACs, so that what was measured is known;
     * of the others those that matter.
     */
    private static SortedMap<String, Double> coefficients(Amount amount, List<Term> terms, double[] cycles) {
        SortedMap<String, Double> coefficients = new TreeMap<>();
        for (int j = 0; j < terms.size(); j++) {
            Term term = terms.get(j);
            double found = cycles[j];
            boolean only = amount == Amount.MACS
                    || amount == Amount.ELEMENTS && !terms.contains(new Term(Amount.MACS, term.kernel));
            if (term.amount == amount && (only || found != FLOOR_CYCLES)) {
                coefficients.put(term.kernel, found);
            }
        }
        return coefficients;
    }

    /** All that occur. */
    private static List<Term> terms(List<Measurement> measurements) {
        SortedSet<String> kernels = new TreeSet<>();
        measurements.forEach(m -> m.kernels.forEach(work -> kernels.add(work.kernel())));
        List<Term> terms = new ArrayList<>();
        for (Amount amount : Amount.values()) {
            for (String kernel : kernels) {
                Term term = new Term(amount, kernel);
                if (measurements.stream().anyMatch(m -> term.in(m) > 0)) {
                    terms.add(term);
                }
            }
        }
        return terms;
    }

    /**
     * What a measurement holds of the inference itself and of each term, in units of its cycles: with the right
     * coefficients, the sum is 1.
     */
    private static double[] row(Measurement measurement, List<Term> terms) {
        double[] row = new double[terms.size() + 1];
        row[0] = 1 / measurement.cycles;
        for (int j = 0; j < terms.size(); j++) {
            row[j + 1] = terms.get(j).in(measurement) / measurement.cycles;
        }
        return row;
    }

    private static double[][] without(double[][] rows, int left) {
        double[][] others = Arrays.copyOf(rows, rows.length - 1);
        System.arraycopy(rows, left + 1, others, left, others.length - left);
        return others;
    }

    /**
     * Least squares of {@code rows · x = target} with x at least {@link #FLOOR_CYCLES}, one coordinate after the other.
     */
    private static double[] fit(double[][] rows, double[] target) {
        double[] x = new double[rows[0].length];
        Arrays.fill(x, FLOOR_CYCLES);
        double[] residual = new double[rows.length];
        Arrays.setAll(residual, i -> target[i] - dot(rows[i], x));
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
