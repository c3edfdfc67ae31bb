package org.tinytune.train.optimizer;

/** The learning rate stays as it is. */
public record ConstantSchedule() implements StatelessSchedule {
    @Override
    public double factor(double progress) {
        return 1;
    }
}
