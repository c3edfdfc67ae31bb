package org.tinytune.device.emulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A name that stays the same for a pseudo-terminal whose number does not: a symbolic link, for as long as it is open.
 */
public final class PortLink implements Closeable {
    private final Path path;

    private PortLink(Path path) {
        this.path = path;
    }

    /**
     * Makes the link. A link that was left there is replaced, anything else is not.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if the path is taken or cannot be written
     */
    public static PortLink create(Path path, String port) {
        try {
            if (Files.isSymbolicLink(path)) {
                Files.delete(path);
            }
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.createSymbolicLink(path, Path.of(port));
            return new PortLink(path);
        } catch (FileAlreadyExistsException e) {
            throw new TinytuneException(ExitCode.USAGE, path + " exists and is not a link (choose another name)", e);
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.USAGE, path + ": cannot be linked to " + port + ": " + e.getMessage(), e);
        }
    }

    /** The link. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        path.toFile().delete();
    }
}
