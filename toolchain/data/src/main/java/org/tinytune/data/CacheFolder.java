package org.tinytune.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A folder for what memory is too small for. What lies there may be removed at any time by anybody.
 *
 * @param path made when it is needed
 */
public record CacheFolder(Path path) {
    private static final String VARIABLE = "TINYTUNE_CACHE";

    /** That of this user: TINYTUNE_CACHE, or what the operating system has for caches. */
    public static CacheFolder ofUser() {
        return new CacheFolder(variable(VARIABLE).map(Path::of).orElseGet(CacheFolder::ofSystem));
    }

    private static Path ofSystem() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home"));
        if (os.startsWith("mac")) {
            return home.resolve("Library/Caches/tinytune");
        }
        if (os.startsWith("windows")) {
            return variable("LOCALAPPDATA").map(Path::of).orElse(home).resolve("tinytune/cache");
        }
        return variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElse(home.resolve(".cache"))
                .resolve("tinytune");
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    /** Makes the folder, unless it is there. */
    public void create() throws IOException {
        Files.createDirectories(path);
    }

    /**
     * The error of a folder that cannot take something.
     *
     * @param what as in "windows"
     */
    public TinytuneException cannotHold(long bytes, String what, IOException cause) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                path + " cannot hold another " + (bytes >> 20) + " MiB of " + what + " that memory is too small for: "
                        + cause.getMessage() + " (make room, or name another folder in " + VARIABLE + ")",
                cause);
    }
}
