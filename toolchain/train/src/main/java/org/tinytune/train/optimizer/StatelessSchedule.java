package org.tinytune.train.optimizer;

/** A schedule that only progress decides: it remembers nothing, so its settings are the schedule. */
public interface StatelessSchedule extends Schedule, ScheduleSettings {
    @Override
    default Schedule begin() {
        return this;
    }
}
