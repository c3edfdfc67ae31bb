package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Registry;

/** The schedules by name. */
public final class Schedules {
    /** All of them, with their usual settings. */
    public static final Registry<ScheduleSettings> ALL = new Registry<ScheduleSettings>("schedule")
            .add("constant", new ConstantSchedule())
            .add("step", StepSchedule.standard())
            .add("exponential", ExponentialSchedule.standard())
            .add("cosine", CosineSchedule.standard())
            .add("one-cycle", OneCycleSchedule.standard())
            .add("reduce-on-plateau", ReduceOnPlateau.standard());

    private Schedules() {}
}
