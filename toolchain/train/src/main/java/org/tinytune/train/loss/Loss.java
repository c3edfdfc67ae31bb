package org.tinytune.train.loss;

/** The loss of one sample and its gradient. Stateless, so threads may share it. */
public interface Loss {
    /**
     * Computes the loss of a sample.
     *
     * @param outputs real logits, or real outputs where no probabilities follow
     * @param at the first of them
     * @param targets what they should be, such as 1 for the class and 0 for the others
     * @param targetsAt the first of them
     * @param count outputs of a sample
     * @param scale factor of the gradient: one over the size of the batch
     * @param gradient receives the gradient of each output
     * @param gradientAt the first of them
     * @return the loss, not scaled
     */
    double compute(
            float[] outputs,
            int at,
            float[] targets,
            int targetsAt,
            int count,
            float scale,
            float[] gradient,
            int gradientAt);

    /**
     * Whether it looks at logits where probabilities end a network, rather than at the probabilities: the gradient of
     * both together is simple, and does not vanish where probabilities are rounded to 0 or 1.
     */
    default boolean onLogits() {
        return false;
    }

    /**
     * Whether it takes each output for a yes or no of its own: logits are those of a sigmoid each, not of one softmax.
     */
    default boolean independentOutputs() {
        return false;
    }

    /**
     * The same loss with what depends on the training samples filled in, such as class weights.
     *
     * @param samples number of training samples of each class
     */
    default Loss forClasses(int[] samples) {
        return this;
    }
}
