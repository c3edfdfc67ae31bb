package org.tinytune.cli.model;

import java.nio.file.Path;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;

/** Data sets for commands that do something with them: what is worth knowing of them goes to standard error. */
public final class NotedData {
    private static final int MAX_NOTES = 5;

    private NotedData() {}

    /**
     * Reads a data set.
     *
     * @throws TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if there is none, or it has a
     *     mistake
     */
    public static Dataset load(Path data, ReadOptions options) {
        return inspect(data, options).dataset();
    }

    /**
     * The same with what was found on the way.
     *
     * @throws TinytuneException as above
     */
    public static DataInspection inspect(Path data, ReadOptions options) {
        DataInspection found = DataSets.inspect(data, options);
        int notes = found.notes().size();
        found.notes().stream().limit(MAX_NOTES).forEach(note -> System.err.println("tinytune: note: " + note));
        if (notes > MAX_NOTES) {
            System.err.println("tinytune: note: " + (notes - MAX_NOTES) + " more (tinytune data info shows them)");
        }
        return found;
    }
}
