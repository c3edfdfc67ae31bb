package org.tinytune.train.optimizer;

/** The settings of a schedule, from which a run makes its own. */
@FunctionalInterface
public interface ScheduleSettings {
    /** A schedule that begins anew. */
    Schedule begin();
}
