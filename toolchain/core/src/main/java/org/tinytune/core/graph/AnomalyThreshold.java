package org.tinytune.core.graph;

import java.util.Optional;
import org.tinytune.core.DecimalText;

/**
 * From which reconstruction error on an autoencoder calls a sample an anomaly. The error is the mean over the elements
 * of {@code (encoded input - real output)²}: see {@link #error}. Stored in the model's metadata; {@code model.h} prints
 * it too.
 *
 * @param error the largest that is still normal, 0 or more
 * @param quantile of the errors of the training samples that it was chosen as, in [0, 1]
 */
public record AnomalyThreshold(double error, double quantile) {
    private static final String ERROR_KEY = "anomalyThreshold";
    private static final String QUANTILE_KEY = "anomalyQuantile";

    /** Checks the ranges. */
    public AnomalyThreshold {
        if (!(error >= 0 && error < Double.MAX_VALUE && quantile >= 0 && quantile <= 1)) {
            throw new InvalidModelException("the anomaly threshold " + error + ", quantile " + quantile
                    + ", is none: the threshold is 0 or more, the quantile between 0 and 1");
        }
    }

    /**
     * The reconstruction error of a sample: summed up in double, in the order of the elements, so that laptop and board
     * compute the same.
     *
     * @param encoded the real input, not quantized: how far a reading is out of range counts
     * @param encodedAt its first element
     * @param real the real output
     * @param realAt its first element
     */
    public static double error(float[] encoded, int encodedAt, float[] real, int realAt, int elements) {
        double sum = 0;
        for (int i = 0; i < elements; i++) {
            double distance = (double) encoded[encodedAt + i] - real[realAt + i];
            sum += distance * distance;
        }
        return sum / elements;
    }

    /**
     * The threshold that a model's metadata state.
     *
     * @throws InvalidModelException if it is damaged
     */
    public static Optional<AnomalyThreshold> of(Metadata metadata) {
        String error = metadata.extra().get(ERROR_KEY);
        String quantile = metadata.extra().get(QUANTILE_KEY);
        if (error == null && quantile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AnomalyThreshold(
                    Double.parseDouble(String.valueOf(error)), Double.parseDouble(String.valueOf(quantile))));
        } catch (NumberFormatException e) {
            throw new InvalidModelException(
                    "the model's metadata state the anomaly threshold " + error + ", quantile " + quantile);
        }
    }

    /** Metadata that state this threshold. */
    public Metadata storedIn(Metadata metadata) {
        return metadata.withExtra(ERROR_KEY, DecimalText.of(error)).withExtra(QUANTILE_KEY, DecimalText.of(quantile));
    }
}
