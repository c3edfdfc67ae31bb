package org.tinytune.cli.output;

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
     * Something is begun.
     *
     * @param work a few words, as in "flashing arduino-uno"
     */
    void begin(String work);

    /** So many steps of it are done. */
    void update(int done, int total);
}
