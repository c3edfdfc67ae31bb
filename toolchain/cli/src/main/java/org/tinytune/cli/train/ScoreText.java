package org.tinytune.cli.train;

import java.util.Locale;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.train.task.Task;

/**
 * How the scores of a task are written.
 *
 * @param name of the score
 * @param share whether it is one in [0, 1], written in percent
 */
record ScoreText(String name, boolean share) {
    static ScoreText of(Task task) {
        return new ScoreText(task.scoreName(), task.kind() == TaskKind.CLASSIFICATION);
    }

    /** Such as "accuracy 98.00 %". */
    String text(double score) {
        return name + " " + (share ? String.format(Locale.ROOT, "%.2f %%", 100 * score) : MetricTables.number(score));
    }
}
