package org.tinytune.cli;

import org.tinytune.core.TinytuneException;

/** The entry point of the program, and the only place that ends the process. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args the user's arguments
     */
    public static void main(String[] args) {
        StandardStreams.install();
        Relaunch.watchStarter();
        int exitCode = run(args);
        System.out.flush();
        System.err.flush();
        System.exit(exitCode);
    }

    private static int run(String[] args) {
        if (!Relaunch.isNeeded()) {
            return TinytuneCommand.run(args);
        }
        try {
            return Relaunch.run(args);
        } catch (TinytuneException e) {
            return new Failures(System.err, () -> false).report(e);
        }
    }
}
