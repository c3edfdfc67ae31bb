package org.tinytune.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tinytune.cli.output.FileFault;

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

    /** As Linux and macOS have it. */
    private static final String READER_GONE = "Broken pipe";

    private StandardStreams() {}

    /**
     * Replaces {@code System.out} and {@code System.err}.
     *
     * @return what becomes of standard output
     */
    static Watched install() {
        Watched out = new Watched(new FileOutputStream(FileDescriptor.out));
        System.setOut(utf8(out));
        System.setErr(utf8(new FileOutputStream(errorDescriptor())));
        return out;
    }

    /** Remembers what a {@link PrintStream} keeps to itself: that something could not be written. */
    static final class Watched extends FilterOutputStream {
        private Optional<IOException> fault = Optional.empty();

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                fault = fault.or(() -> Optional.of(e));
                throw e;
            }
        }

        /** Why something is missing; empty if nothing is, or whoever was to read it has gone, as {@code head} does. */
        Optional<IOException> fault() {
            return fault.filter(e -> !FileFault.reason(e).equals(READER_GONE));
        }
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

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
