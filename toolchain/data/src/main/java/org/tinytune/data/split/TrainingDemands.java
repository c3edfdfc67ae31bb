package org.tinytune.data.split;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;

/** What a data set must hold to be trained on, by task. Everything that is missing is one line. */
final class TrainingDemands {
    private final Dataset data;
    private final BitSet test;
    private final int needed;

    private TrainingDemands(Dataset data, BitSet test) {
        this.data = data;
        this.test = test;
        this.needed = test.isEmpty() ? 3 : 2; // one for each part that is drawn, and one to train on
    }

    /**
     * Checks before anything is drawn.
     *
     * @param test the test part that the data set comes with, perhaps empty
     */
    static void check(Dataset data, BitSet test) {
        TrainingDemands demands = new TrainingDemands(data, test);
        switch (data.task()) {
            case CLASSIFICATION -> demands.checkClasses();
            case REGRESSION -> demands.checkSize();
            case ANOMALY_DETECTION -> demands.checkNormal();
        }
    }

    private void checkClasses() {
        if (data.labels().size() < 2) {
            throw invalid("'" + data.card().name() + "' has only one label, '"
                    + data.labels().get(0) + "': a classifier needs two or more");
        }
        int[] counts = classCounts();
        for (int c = 0; c < counts.length; c++) {
            boolean measured = data.labels().get(c).matches("[-+]?[0-9]*\\.[0-9]+([eE][-+]?[0-9]+)?");
            checkCount(
                    c,
                    counts[c],
                    "add some, or correct or remove the label"
                            + (measured ? "; if it is a quantity, say so: task = \"regression\"" : ""));
        }
    }

    private void checkNormal() {
        int normal = data.normalClass().orElseThrow();
        int[] counts = classCounts();
        checkCount(normal, counts[normal], "add some, or name another label of normal samples");
        for (int c = 0; c < counts.length && !test.isEmpty(); c++) {
            if (c != normal && counts[c] > 0) {
                throw invalid(counts[c] + " samples of label '" + data.labels().get(c) + "' are among those of '"
                        + data.card().name() + "' that are for training: only '"
                        + data.labels().get(normal) + "' may be, move the others to the test part");
            }
        }
    }

    private void checkSize() {
        int size = data.size() - test.cardinality();
        if (size < needed) {
            throw invalid("'" + data.card().name() + "' has " + size + (size == 1 ? " sample" : " samples")
                    + (test.isEmpty() ? "" : " to train on") + ": at least " + needed + " are needed (add some)");
        }
    }

    private int[] classCounts() {
        int[] counts = new int[data.labels().size()];
        IntStream.range(0, data.size()).filter(i -> !test.get(i)).forEach(i -> counts[data.target(i)]++);
        return counts;
    }

    private void checkCount(int targetClass, int count, String advice) {
        if (count < needed) {
            throw invalid("label '" + data.labels().get(targetClass) + "' of '"
                    + data.card().name() + "' has " + count + (count == 1 ? " sample" : " samples")
                    + (test.isEmpty() ? "" : " to train on") + ": at least " + needed + " are needed (" + advice
                    + ")");
        }
    }

    /** Checks what has been left to train on. */
    static void checkTraining(Samples training) {
        switch (training.task()) {
            case CLASSIFICATION -> checkTrainedClasses(training);
            case REGRESSION -> checkQuantities(training);
            case ANOMALY_DETECTION -> {
                if (training.size() == 0) {
                    throw noneLeft(training.labels().get(training.normalClass().orElseThrow()));
                }
            }
        }
    }

    /**
     * Checks what has been set aside to test with: anomalies can be told from normal samples only if there are both.
     */
    static void checkTest(Samples test) {
        if (test.normalClass().isEmpty()) {
            return;
        }
        int normal = test.normalClass().getAsInt();
        long normals = IntStream.range(0, test.size())
                .filter(i -> test.target(i) == normal)
                .count();
        if (normals == 0 || normals == test.size()) {
            throw invalid("the test part has no "
                    + (normals == 0
                            ? "samples of the normal label '" + test.labels().get(normal) + "'"
                            : "anomalies")
                    + ": both are needed to say how well they are told apart (add some)");
        }
    }

    private static void checkTrainedClasses(Samples training) {
        BitSet trained = new BitSet();
        for (int i = 0; i < training.size(); i++) {
            trained.set(training.target(i));
        }
        int missing = trained.nextClearBit(0);
        if (missing < training.labels().size()) {
            throw noneLeft(training.labels().get(missing));
        }
    }

    private static void checkQuantities(Samples training) {
        int count = training.quantities().size();
        float[] first = new float[count];
        float[] other = new float[count];
        BitSet varies = new BitSet();
        for (int i = 0; i < training.size(); i++) {
            training.readQuantities(i, i == 0 ? first : other, 0);
            for (int q = 0; q < count && i > 0; q++) {
                varies.set(q, varies.get(q) || other[q] != first[q]);
            }
        }
        int constant = varies.nextClearBit(0);
        if (constant < count) {
            throw invalid("'" + training.quantities().get(constant) + "' is "
                    + (training.size() == 0 ? "unknown" : first[constant] + " in every sample")
                    + " to train on: there is nothing to learn (add samples, or name another target column)");
        }
    }

    private static TinytuneException noneLeft(String label) {
        return invalid("no sample of label '" + label
                + "' is left to train on: add some, or make the test and validation parts smaller");
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
