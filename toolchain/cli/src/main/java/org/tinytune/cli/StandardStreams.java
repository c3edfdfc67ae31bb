package org.tinytune.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and standard error of the program: UTF-8 whatever the locale, and free of the JVM's own noise.
 *
 * <p>The JVM warns about incubating modules on descriptor 2, and no option stops it. Whoever starts the JVM therefore
 * sends descriptor 2 away, hands the user's standard error over as another descriptor, and names it in the system
 * property {@value #ERROR_DESCRIPTOR}.
 */
final class StandardStreams {
    /** System property: number of the descriptor that is the user's standard error; 2 if it is not set. */
    static final String ERROR_DESCRIPTOR = "tinytune.stderr";

    private StandardStreams() {}

    /** Replaces {@code System.out} and {@code System.err}. */
    static void install() {
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(errorDescriptor()));
    }

    private static FileDescriptor errorDescriptor() {
        Integer number = Integer.getInteger(ERROR_DESCRIPTOR);
        if (number == null) {
            return FileDescriptor.err;
        }
        try {
            // Opening /dev/fd/3 instead would fail on a socket and lose the position in a file.
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no descriptor " + number + " for standard error", e);
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
