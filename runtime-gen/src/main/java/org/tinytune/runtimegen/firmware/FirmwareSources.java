package org.tinytune.runtimegen.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The firmware's C sources, as they are packed with this module. */
final class FirmwareSources {
    private static final String FOLDER = "/tinytune/c/firmware/";

    private FirmwareSources() {}

    /** All files, as paths inside the folder; {@code index.txt} lists them, because a jar cannot be listed portably. */
    static List<String> names() throws IOException {
        return new String(bytes("index.txt"), StandardCharsets.UTF_8).lines().toList();
    }

    /** Writes all files into a folder, which is made. */
    static void copyTo(Path folder) throws IOException {
        for (String name : names()) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(name));
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = FirmwareSources.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
