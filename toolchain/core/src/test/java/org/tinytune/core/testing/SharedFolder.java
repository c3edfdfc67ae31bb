package org.tinytune.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder {@code shared} beside the repository, or where TINYTUNE_SHARED points: data too large to be part of it.
 */
public final class SharedFolder {
    private static final Path ROOT = Path.of(System.getProperty("tinytune.root"));

    private SharedFolder() {}

    /** A folder in it. A test that needs one which is not there is skipped with the reason, or fails under CI=true. */
    public static Path require(String name) {
        Path folder = folder(name);
        boolean present = Files.isDirectory(folder);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("%s is there", folder).isTrue();
        }
        assumeTrue(present, () -> folder + " is not there");
        return folder;
    }

    /** The same folder for whom can do without; empty if it is not there. */
    public static Optional<Path> find(String name) {
        return Optional.of(folder(name)).filter(Files::isDirectory);
    }

    private static Path folder(String name) {
        String stated = System.getenv("TINYTUNE_SHARED");
        Path shared = stated == null ? ROOT.resolveSibling("shared") : Path.of(stated);
        return shared.resolve(name);
    }
}
