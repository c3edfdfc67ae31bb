package org.tinytune.runtimegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.file.WholeFile;

/**
 * A generated C library.
 *
 * @param prefix of every global name; the header is {@code <prefix>.h}, the source {@code <prefix>.c}
 * @param hash the graph's, {@link GraphHash}
 * @param constantBytes of all arrays that lie in flash
 * @param files text by file name
 */
public record CLibrary(String prefix, String hash, long constantBytes, SortedMap<String, String> files) {
    /** The prefix that the firmware's protocol calls the model by. */
    public static final String FIRMWARE_PREFIX = "model";

    /** Keeps a copy. */
    public CLibrary {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The one file that has to be compiled. */
    public String source() {
        return prefix + ".c";
    }

    /**
     * Writes the files into a folder, which is created where it is missing. Each appears whole or not at all.
     *
     * @throws UncheckedIOException if the folder cannot be written to
     */
    public void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                WholeFile.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
