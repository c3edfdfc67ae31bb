package org.tinytune.train.layer;

import java.util.Optional;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Probabilities;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.loss.Loss;

/**
 * The end of a classifier: probabilities of its classes, or of the second of two, of the kind that its loss is about.
 *
 * <p>Checked by: ModelFileTest.
 */
public final class ClassProbabilities {
    private static final String BINARY = "give [train.loss] name = \"binary-cross-entropy\"";

    private ClassProbabilities() {}

    /**
     * Ends a network in probabilities, if it does not already: of a softmax, or of a sigmoid each where the loss takes
     * outputs so or there is only one.
     *
     * @param last tensor of the network
     * @param loss that it is trained with
     * @return the tensor of probabilities
     * @throws InvalidModelException if the network ends otherwise
     */
    public static int end(NetworkDraft draft, int last, Loss loss) {
        int outputs = requireClasses(draft, last);
        boolean independent = loss.independentOutputs();
        if (outputs == 1 && loss.onLogits() && !independent) {
            throw new InvalidModelException("the network ends in one value, of which cross-entropy makes no two"
                    + " classes: " + BINARY + ", or end it with a layer of type dense without units");
        }
        Optional<Probabilities<?>> given = draft.probabilities(last);
        if (given.isPresent()) {
            check(given.get(), outputs, loss);
            return last;
        }
        draft.begin("output");
        return independent || outputs == 1
                ? draft.node("probabilities", Logistic.INSTANCE, new NoParams(), last)
                : SoftmaxLayer.add(draft, last);
    }

    private static int requireClasses(NetworkDraft draft, int last) {
        Shape shape = draft.shape(last);
        int classes = draft.outputs();
        boolean fits = shape.rank() == 2 && (shape.dim(1) == classes || (shape.dim(1) == 1 && classes == 2));
        if (!fits) {
            throw new InvalidModelException("the network ends in " + shape + ", but there are " + classes
                    + " classes: end it with a layer of type dense without units");
        }
        return shape.dim(1);
    }

    private static void check(Probabilities<?> given, int outputs, Loss loss) {
        if (outputs == 1 && !given.areIndependent()) {
            throw new InvalidModelException(
                    "the network ends in the softmax of one value, which is always 1: leave the" + " softmax out");
        }
        if (loss.onLogits() && given.areIndependent() != loss.independentOutputs()) {
            throw new InvalidModelException(
                    given.areIndependent()
                            ? "the network ends in sigmoid, but cross-entropy is about a softmax: " + BINARY
                                    + ", or leave the sigmoid out"
                            : "the network ends in softmax, but binary-cross-entropy is about a sigmoid of each"
                                    + " output: leave the softmax out");
        }
    }
}
