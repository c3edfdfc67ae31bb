package org.tinytune.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a real output becomes a quantity in its own unit: {@code quantity = mean + deviation * real}, where {@code real}
 * is the output after its scale and zero point. The counterpart of {@link InputEncoding}; {@code model.h} prints it
 * too.
 *
 * <p>It is not folded into the last operator: an int8 range holds 0 and has one scale for all outputs, so that 1013 hPa
 * would be told in steps of 4 hPa, and a temperature beside it in the same steps. Standardized, each output has all 256
 * steps for what it really varies by.
 *
 * @param mean one an output
 * @param deviation as many, each above 0
 */
public record OutputEncoding(List<Float> mean, List<Float> deviation) {
    private static final String MEAN_KEY = "outputMean";
    private static final String DEVIATION_KEY = "outputDeviation";

    /** Keeps copies, and checks that the lists agree. */
    public OutputEncoding {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new InvalidModelException(
                    "output encoding: " + mean.size() + " means but " + deviation.size() + " deviations");
        }
        for (int i = 0; i < mean.size(); i++) {
            if (!Float.isFinite(mean.get(i)) || !(deviation.get(i) > 0 && deviation.get(i) < Float.MAX_VALUE)) {
                throw new InvalidModelException("output encoding: mean " + mean.get(i) + ", deviation "
                        + deviation.get(i) + ": both must be finite, and the deviation above 0");
            }
        }
    }

    /** Real outputs are the quantities. */
    public static OutputEncoding identity(int outputs) {
        return new OutputEncoding(Collections.nCopies(outputs, 0f), Collections.nCopies(outputs, 1f));
    }

    /** The quantity of a real output. */
    public float decode(float real, int output) {
        return mean.get(output) + deviation.get(output) * real;
    }

    /** The real output that a quantity should be. */
    public float encode(float quantity, int output) {
        return (quantity - mean.get(output)) / deviation.get(output);
    }

    /**
     * The encoding that a model's metadata state; {@link #identity} if they state none.
     *
     * @param outputs of the model
     * @throws InvalidModelException if it is damaged, or of another number of outputs
     */
    public static OutputEncoding of(Metadata metadata, int outputs) {
        String means = metadata.extra().get(MEAN_KEY);
        String deviations = metadata.extra().get(DEVIATION_KEY);
        if (means == null && deviations == null) {
            return identity(outputs);
        }
        OutputEncoding encoding = new OutputEncoding(parse(means), parse(deviations));
        if (encoding.mean.size() != outputs) {
            throw new InvalidModelException(
                    "the model has " + outputs + " outputs, but its metadata scale " + encoding.mean.size());
        }
        return encoding;
    }

    private static List<Float> parse(String list) {
        List<Float> values = new ArrayList<>();
        for (String value : String.valueOf(list).split(",", -1)) {
            try {
                values.add(Float.parseFloat(value));
            } catch (NumberFormatException e) {
                throw new InvalidModelException("the model's metadata scale its outputs by '" + value + "', no number");
            }
        }
        return values;
    }

    /** Metadata that state this encoding. */
    public Metadata storedIn(Metadata metadata) {
        return metadata.withExtra(MEAN_KEY, text(mean)).withExtra(DEVIATION_KEY, text(deviation));
    }

    private static String text(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
