package org.tinytune.train.analysis;

import java.util.List;
import org.tinytune.core.cost.Work;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/**
 * Where the time of a step of training goes.
 *
 * @param arithmetic of the forward pass
 * @param batch samples of the step
 * @param threads that share it
 * @param stepMicros from its begin to its end
 * @param nodes those that take part in training, in the order of the graph
 */
public record StepAnalysis(Arithmetic arithmetic, int batch, int threads, double stepMicros, List<NodeStep> nodes) {

    /**
     * A pass of a node.
     *
     * @param work that it has to do, {@link Work#NONE} if there is no such pass
     * @param threadMicros that all threads together spend on it
     */
    public record PassTime(Work work, double threadMicros) {
        /** Both. */
        PassTime plus(PassTime other) {
            return new PassTime(work.plus(other.work), threadMicros + other.threadMicros);
        }
    }

    /**
     * A node in training.
     *
     * @param node index in the graph
     */
    public record NodeStep(int node, PassTime forward, PassTime backward) {
        /** Both passes. */
        public PassTime both() {
            return forward.plus(backward);
        }
    }

    /** Keeps a copy. */
    public StepAnalysis {
        nodes = List.copyOf(nodes);
    }

    /** All passes of all nodes. */
    public PassTime total() {
        return nodes.stream().map(NodeStep::both).reduce(new PassTime(Work.NONE, 0), PassTime::plus);
    }

    /** What all threads together have for a step. */
    public double threadMicros() {
        return threads * stepMicros;
    }
}
