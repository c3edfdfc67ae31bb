package org.tinytune.train.loss;

import java.util.Arrays;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.settings.Settings;

/**
 * How much each class counts in a loss.
 *
 * @param kind where the weights come from
 * @param values one a class; empty unless given
 */
public record ClassWeights(Kind kind, List<Double> values) {
    /** Every class counts the same. */
    public static final ClassWeights NONE = new ClassWeights(Kind.NONE, List.of());

    /**
     * All samples of a class together count as much as those of any other: {@code samples / (classes · samples of the
     * class)}, so that the mean over the samples is 1.
     *
     * <p>Source: King and Zeng, "Logistic Regression in Rare Events Data", Political Analysis 9(2), 2001, section 4.2,
     * in the form of sklearn:utils/class_weight.py, "balanced". Checked by: LossesTest.
     */
    public static final ClassWeights BALANCED = new ClassWeights(Kind.BALANCED, List.of());

    /** Where weights come from. */
    public enum Kind {
        /** There are none. */
        NONE,
        /** The numbers of training samples. */
        BALANCED,
        /** The user. */
        GIVEN
    }

    /**
     * Keeps a copy.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a weight is negative or no number, or all are 0
     */
    public ClassWeights {
        values = List.copyOf(values);
        for (double value : values) {
            Settings.requireNotNegative("class weight", value);
        }
        if (!values.isEmpty() && values.stream().allMatch(value -> value == 0)) {
            throw new TinytuneException(
                    ExitCode.USAGE, "all class weights are 0, so nothing would be learned: give one above 0");
        }
    }

    /** These weights, one a class. */
    public static ClassWeights of(double... values) {
        return new ClassWeights(Kind.GIVEN, Arrays.stream(values).boxed().toList());
    }

    /**
     * The weights as numbers.
     *
     * @param samples number of training samples of each class
     * @throws TinytuneException with {@link ExitCode#USAGE} if there are not as many given weights as classes
     */
    ClassWeights resolved(int[] samples) {
        if (kind == Kind.BALANCED) {
            double all = Arrays.stream(samples).sum();
            // A class without samples is never asked for.
            return of(Arrays.stream(samples)
                    .mapToDouble(n -> n == 0 ? 0 : all / samples.length / n)
                    .toArray());
        }
        if (kind == Kind.GIVEN && values.size() != samples.length) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    values.size() + " class weights for " + samples.length + " classes: give one for each class");
        }
        return this;
    }

    /** One weight a class; empty if every class counts the same. */
    double[] toArray() {
        return values.stream().mapToDouble(v -> v).toArray();
    }
}
