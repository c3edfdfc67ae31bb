package org.tinytune.train;

import org.tinytune.data.augmentation.Augmentation;

/**
 * How a network is trained.
 *
 * @param epochs at most
 * @param batchSize samples of a mini-batch
 * @param learningRate at its peak
 * @param schedule of the learning rate
 * @param optimizer that moves the weights
 * @param labelSmoothing in [0, 1)
 * @param augmentation of training samples
 * @param patience epochs without a better validation accuracy after which training stops; 0 to never stop early
 * @param seed of order, dropout and augmentation
 * @param threads that share a mini-batch; the result does not depend on them
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        Optimizer.Factory optimizer,
        double labelSmoothing,
        Augmentation augmentation,
        int patience,
        long seed,
        int threads) {}
