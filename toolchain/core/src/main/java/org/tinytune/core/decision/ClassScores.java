package org.tinytune.core.decision;

import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Probabilities;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;

/**
 * How the output of a classifier becomes scores: of each class {@code output - zero point}, in steps of the output's
 * scale, so that {@link #one} is a probability of 1. A single output stands for the second of two classes; the first
 * has what is missing to one, or of a logit its negative.
 *
 * <p>Checked by: ClassScoresTest, ClassifierDifferentialTest.
 */
public final class ClassScores {
    /** Outputs of more are no classes but an image or a sequence. */
    public static final int MAX_CLASSES = 1024;

    /** Metadata state probabilities in six digits. */
    private static final double PROBABILITY_DIGITS = 1e-6;

    private final Elements elements;
    private final int zeroPoint;
    private final int outputs;
    private final int one;

    private ClassScores(Tensor output, boolean probabilities) {
        elements = Elements.of(output.type());
        zeroPoint = output.quantization().zeroPoint();
        outputs = output.shape().elements();
        double steps = Math.rint(1 / (double) output.quantization().scale());
        one = probabilities ? (int) Math.max(1, Math.min(Short.MAX_VALUE, steps)) : 0;
    }

    /** Of an int8 or int16 graph with one output that tells classes; empty if it does anything else. */
    public static Optional<ClassScores> of(Graph graph) {
        Tensor output = graph.output();
        boolean integers = output.type() == ElementType.INT8 || output.type() == ElementType.INT16;
        if (!integers || graph.outputs().size() != 1 || TaskKind.of(graph.metadata()) != TaskKind.CLASSIFICATION) {
            return Optional.empty();
        }
        int outputs = output.shape().elements();
        boolean tellsClasses = outputs == 1 ? graph.metadata().labels().size() == 2 : outputs <= MAX_CLASSES;
        int index = graph.outputs().get(0);
        boolean probabilities = graph.nodes().stream()
                .anyMatch(node -> node.outputs().contains(index) && node.operator() instanceof Probabilities);
        return tellsClasses ? Optional.of(new ClassScores(output, probabilities)) : Optional.empty();
    }

    /** How many classes there are. */
    public int classes() {
        return Math.max(2, outputs);
    }

    /** Whether a single output tells two classes apart. */
    public boolean isSingle() {
        return outputs == 1;
    }

    /** Whether scores are probabilities; otherwise they are logits, which only compare. */
    public boolean areProbabilities() {
        return one > 0;
    }

    /** The score that stands for a probability of 1, at most 32767; 0 if scores are logits. */
    public int one() {
        return one;
    }

    /** The lowest score that stands for a probability in [0, 1] or more, as far as that is kept in metadata. */
    public int ofProbability(double probability) {
        return (int) Math.ceil((probability - PROBABILITY_DIGITS) * one);
    }

    /**
     * The scores of all classes, each in int16.
     *
     * @param output bytes of the output
     */
    public int[] of(byte[] output) {
        int[] scores = new int[classes()];
        if (outputs == 1) {
            scores[1] = elements.get(output, 0, 0) - zeroPoint;
            scores[0] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, one - scores[1]));
            return scores;
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = elements.get(output, 0, i) - zeroPoint;
        }
        return scores;
    }

    /** The class with the highest score, the first of equals. */
    public static int winner(int[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
