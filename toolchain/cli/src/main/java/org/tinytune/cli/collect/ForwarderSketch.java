package org.tinytune.cli.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytune.cli.output.FileFault;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;

/** The Arduino sketch that sends readings. */
final class ForwarderSketch {
    /** The Arduino IDE wants a folder of the same name. */
    private static final String NAME = "forwarder";

    private ForwarderSketch() {}

    /**
     * Writes it into a folder of its own.
     *
     * @param folder to hold that folder
     * @return the sketch
     * @throws TinytuneException with {@link ExitCode#USAGE} if there is one already, or it cannot be written
     */
    static Path write(Path folder) {
        Path sketch = folder.resolve(NAME).resolve(NAME + ".ino");
        try {
            Files.createDirectories(sketch.getParent());
            WholeFile.create(sketch, text());
            return sketch;
        } catch (FileAlreadyExistsException e) {
            throw new TinytuneException(
                    ExitCode.USAGE, sketch + " exists and may be yours (give --sketch another folder)", e);
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.USAGE, sketch + ": " + FileFault.reason(e) + " (give --sketch another folder)", e);
        }
    }

    private static byte[] text() {
        try (InputStream in = ForwarderSketch.class.getResourceAsStream(NAME + ".ino")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
