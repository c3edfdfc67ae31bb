package org.tinytune.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells terminals from files and pipes, which Java itself cannot for a single stream. */
public final class Terminal {
    /** System property: number of the descriptor that is the user's standard error; 2 if it is not set. */
    public static final String ERROR_DESCRIPTOR = "tinytune.stderr";

    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/|tty|console).*");

    private Terminal() {}

    /** Whether standard error is a terminal; false where the system does not tell, which Linux does. */
    public static boolean isError() {
        Path descriptor = Path.of("/proc/self/fd", Integer.toString(Integer.getInteger(ERROR_DESCRIPTOR, 2)));
        try {
            return DEVICE.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        } catch (IOException e) {
            return false;
        }
    }
}
