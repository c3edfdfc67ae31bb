package org.tinytune.cli.search;

import java.nio.file.Path;
import java.util.List;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.search.storage.SqliteStorage;

/** What the folder of a search holds. */
final class SearchFolder {
    private static final String STUDY = "study.db";

    /** The folder of the C library. */
    static final String LIBRARY = "library";

    /** A study, and beside it what came of it. A study that was never begun leaves its lock. */
    static final RunFolder.Kind KIND = new RunFolder.Kind(
            STUDY,
            List.of(),
            "study",
            List.of(
                    "summary.json",
                    "best.tflite",
                    Provenance.FILE_NAME,
                    "report.html",
                    "firmware.elf",
                    "firmware.hex",
                    LIBRARY),
            SqliteStorage::delete,
            RunFolder.Replacement.AT_ONCE,
            false);

    private SearchFolder() {}

    /** The file of the study in a folder. */
    static Path study(Path folder) {
        return folder.resolve(STUDY);
    }
}
