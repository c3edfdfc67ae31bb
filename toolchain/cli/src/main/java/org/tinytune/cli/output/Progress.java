package org.tinytune.cli.output;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Told how far the work of a command has come. */
public interface Progress {
    /** Nobody wants to know. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String work) {}

        @Override
        public void update(int done, int total) {}
    };

    /**
     * Tells another, until it is asked to stop: then whoever tells next is ended by a {@link CancellationException}.
     */
    static Progress until(BooleanSupplier stopped, Progress told) {
        return new Progress() {
            @Override
            public void begin(String work) {
                requireGoing();
                told.begin(work);
            }

            @Override
            public void update(int done, int total) {
                requireGoing();
                told.update(done, total);
            }

            private void requireGoing() {
                if (stopped.getAsBoolean()) {
                    throw new CancellationException("stopped");
                }
            }
        };
    }

    /**
     * Something is begun.
     *
     * @param work a few words, as in "flashing arduino-uno"
     */
    void begin(String work);

    /** So many steps of it are done. */
    void update(int done, int total);
}
