package org.tinytune.search.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Opens a study, creates a file to say so, and holds it until the process is killed: {@code STUDY SIGN}. */
final class LeaseHolderMain {
    private LeaseHolderMain() {}

    public static void main(String[] args) throws Exception {
        try (Storage storage = SqliteStorage.open(Path.of(args[0]))) {
            storage.put(StorageContract.proposed(storage.trials().size()));
            Files.createFile(Path.of(args[1]));
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
