package org.tinytune.train.distill;

import org.tinytune.core.graph.Graph;

/**
 * A teacher and how to learn from it.
 *
 * @param teacher a float graph that takes the same samples and gives the same classes
 * @param settings of the loss
 */
public record Distillation(Graph teacher, DistillationSettings settings) {}
