package org.tinytune.nas;

/**
 * How long a model is trained, by the number of training samples alone: what a network has to see grows far more slowly
 * than its data set.
 *
 * @param floatEpochs epochs in float
 * @param int8Epochs epochs of quantization-aware training that follow
 */
public record TrainingBudget(int floatEpochs, int int8Epochs) {
    /** Samples that a candidate sees in float before it is judged. */
    private static final int CANDIDATE_SAMPLES = 60_000;
    /** Samples that the chosen model sees in float. */
    private static final int FINAL_SAMPLES = 200_000;

    private static final int MIN_CANDIDATE_EPOCHS = 3;
    private static final int MAX_CANDIDATE_EPOCHS = 40;
    private static final int MIN_FINAL_EPOCHS = 14;
    private static final int MAX_FINAL_EPOCHS = 120;
    /** Quantization-aware training refines what is trained already: a fraction of the float epochs is enough. */
    private static final int FLOAT_EPOCHS_PER_INT8_EPOCH = 5;

    /** The budget of one candidate of a search. */
    public static TrainingBudget ofCandidate(int samples) {
        return of(samples, CANDIDATE_SAMPLES, MIN_CANDIDATE_EPOCHS, MAX_CANDIDATE_EPOCHS);
    }

    /** The budget of the chosen model's last training. */
    public static TrainingBudget ofFinal(int samples) {
        return of(samples, FINAL_SAMPLES, MIN_FINAL_EPOCHS, MAX_FINAL_EPOCHS);
    }

    private static TrainingBudget of(int samples, int wanted, int minEpochs, int maxEpochs) {
        int epochs = Math.max(minEpochs, Math.min(maxEpochs, (wanted + samples - 1) / samples));
        return new TrainingBudget(epochs, Math.max(1, epochs / FLOAT_EPOCHS_PER_INT8_EPOCH));
    }

    /** Epochs of both kinds. */
    public int epochs() {
        return floatEpochs + int8Epochs;
    }
}
