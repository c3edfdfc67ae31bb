package org.tinytune.nas;

import org.tinytune.core.cost.LatencyPrediction;

/**
 * What a model takes on a board. It is known before training but for a few bytes: its structure decides, not its
 * weights, and its quantization hardly.
 *
 * @param arenaBytes of activations and scratch
 * @param ramBytes of all static data, the arena included, and the deepest stack, interrupts included
 * @param flashBytes of code, tables and weights
 * @param linked whether sizes come from a linked firmware; otherwise they are upper bounds
 * @param latency of one inference
 * @param energyMicrojoules of one inference
 * @param macs multiply-accumulates of one inference
 */
public record Footprint(
        long arenaBytes,
        long ramBytes,
        long flashBytes,
        boolean linked,
        LatencyPrediction latency,
        double energyMicrojoules,
        long macs) {}
