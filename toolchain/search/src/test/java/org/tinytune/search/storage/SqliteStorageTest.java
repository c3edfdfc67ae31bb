package org.tinytune.search.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.search.ChildJvm;
import org.tinytune.search.StudyException;
import org.tinytune.search.StudyException.Kind;

class SqliteStorageTest extends StorageContract {
    @TempDir
    Path folder;

    @Override
    Storage open() {
        return SqliteStorage.create(folder.resolve("contract.db"));
    }

    @Override
    Storage reopen(Storage open) {
        open.close();
        return SqliteStorage.open(folder.resolve("contract.db"));
    }

    private Path file() {
        return folder.resolve("study.db");
    }

    /** A study of 40 trials, closed. */
    private Path written() {
        try (Storage storage = SqliteStorage.create(file())) {
            storage.begin(Map.of("seed", "1"));
            for (int i = 0; i < 40; i++) {
                storage.put(proposed(i));
                storage.report(i, 0, i);
            }
        }
        return file();
    }

    @Test
    void leavesOneFileAndItsLock() throws Exception {
        written();
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.startsWith("study")))
                    .containsExactlyInAnyOrder("study.db", "study.db.lock");
        }
    }

    @Test
    void isNotOverwritten() throws Exception {
        byte[] before = Files.readAllBytes(written());
        assertFails(Kind.USAGE, () -> SqliteStorage.create(file()));
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void mustExistToBeOpened() {
        assertFails(Kind.USAGE, () -> SqliteStorage.open(file()));
        assertFails(Kind.USAGE, () -> SqliteStorage.open(folder));
        assertThat(file()).doesNotExist();
    }

    @Test
    void needsAFolder() {
        assertFails(Kind.STORAGE, () -> SqliteStorage.create(folder.resolve("no/study.db")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.db", "what?.db", "50%25.db", "größe #1.db", "a&mode=memory.db", "'.db"})
    void takesAnyName(String name) {
        Path file = folder.resolve(name);
        try (Storage storage = SqliteStorage.create(file)) {
            storage.put(proposed(0));
        }
        assertThat(file).isRegularFile();
        try (Storage storage = SqliteStorage.open(file)) {
            assertThat(storage.trials()).containsExactly(proposed(0));
            assertThat(storage.name()).isEqualTo(file.toString());
        }
    }

    /** A process may die between the creation of the file and that of its tables. */
    @Test
    void goesOnWithAFileWhoseCreationWasInterrupted() throws Exception {
        Files.createFile(file());
        try (Storage storage = SqliteStorage.open(file())) {
            storage.put(proposed(0));
            assertThat(storage.trials()).hasSize(1);
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws Exception {
        byte[] text = "number,value\n1,2\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        Files.write(file(), text);
        assertFails(Kind.INVALID_STUDY, this::readAll);
        assertThat(Files.readAllBytes(file())).as("left alone").isEqualTo(text);
        for (String stub : new String[] {"S", "hello", "SQLite format 3"}) {
            Files.write(file(), stub.getBytes(StandardCharsets.UTF_8));
            assertFails(Kind.INVALID_STUDY, this::readAll);
            assertThat(file()).as("left alone").hasContent(stub);
        }
    }

    @Test
    void refusesAnotherProgramsDatabase() throws Exception {
        execute("CREATE TABLE trial (number)");
        byte[] before = Files.readAllBytes(file());
        assertFails(Kind.INVALID_STUDY, this::readAll);
        assertThat(Files.readAllBytes(file())).as("left alone").isEqualTo(before);
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        written();
        execute("PRAGMA user_version = " + (SqliteStorage.SCHEMA_VERSION + 1));
        StudyException e = assertFails(Kind.INVALID_STUDY, this::readAll);
        assertThat(e).hasMessageContaining("schema version 2, this program reads 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE trial",
                "DROP TABLE metadata",
                "ALTER TABLE trial RENAME COLUMN state TO condition",
                "UPDATE trial SET state = 'RESTING' WHERE number = 7",
                "UPDATE trial SET parameters = '{\"n\": ' WHERE number = 7",
                "UPDATE trial SET parameters = '{\"n\": [1]}' WHERE number = 7",
                "UPDATE trial SET parameters = '{\"n\": 12345678901}' WHERE number = 7",
                "UPDATE trial SET parameters = '' WHERE number = 7",
                "UPDATE trial SET objective_values = '{}' WHERE number = 7",
                "UPDATE trial SET objective_values = '[null]' WHERE number = 7",
                "UPDATE trial SET constraint_values = '7' WHERE number = 7",
                "UPDATE trial SET attributes = '{\"a\": 1}' WHERE number = 7",
                "UPDATE trial SET parameters = x'00ff' WHERE number = 7",
                "UPDATE trial SET number = 100 WHERE number = 7",
                "DELETE FROM trial WHERE number = 7"
            })
    void refusesWhatItWouldNotHaveWritten(String sql) throws Exception {
        written();
        execute(sql);
        assertFails(Kind.INVALID_STUDY, this::readAll);
    }

    @Test
    void refusesAFileThatIsCut() throws Exception {
        byte[] whole = Files.readAllBytes(written());
        assertThatCode(this::readAll).doesNotThrowAnyException();
        for (int length : new int[] {1, 50, 99, 100, 512, 4095, 4096, 5000, 8192, whole.length - 4096}) {
            Files.write(file(), Arrays.copyOf(whole, length));
            StudyException e = catchThrowableOfType(StudyException.class, this::readAll);
            assertThat(e).as("cut to %d of %d bytes", length, whole.length).isNotNull();
            assertThat(e.kind())
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isEqualTo(Kind.INVALID_STUDY);
            assertThat(e.getMessage()).startsWith(file() + ": ").doesNotContain("\n");
        }
    }

    /** Damage that SQLite cannot see may change a value; whatever else it does, it is one line and no stack trace. */
    @Test
    void damagedBytesAreNeverABug() throws Exception {
        byte[] whole = Files.readAllBytes(written());
        int refused = 0;
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] damaged = whole.clone();
            int offset = random.nextInt(damaged.length - 64);
            for (int i = 0; i < 64; i++) {
                damaged[offset + i] = (byte) random.nextInt(256);
            }
            Files.write(file(), damaged);
            try {
                readAll();
            } catch (StudyException e) {
                refused++;
                assertThat(e.kind()).as("seed %d: %s", seed, e.getMessage()).isEqualTo(Kind.INVALID_STUDY);
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .startsWith(file() + ": ")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(3);
    }

    @Test
    void isHeldByOneAtATime() {
        try (Storage storage = SqliteStorage.create(file())) {
            assertFails(Kind.IN_USE, () -> SqliteStorage.open(file()));
            assertFails(
                    Kind.IN_USE, () -> SqliteStorage.open(folder.resolve(".").resolve("study.db")));
            storage.put(proposed(0));
        }
        SqliteStorage.open(file()).close();
    }

    @Test
    void isHeldUnderAnyOfItsNames() throws Exception {
        written();
        Path link = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("other")).resolve("link.db"), file());
        try (Storage storage = SqliteStorage.open(link)) {
            assertFails(Kind.IN_USE, () -> SqliteStorage.open(file()));
            assertThat(storage.trials()).hasSize(40);
        }
        try (Storage storage = SqliteStorage.open(file())) {
            assertFails(Kind.IN_USE, () -> SqliteStorage.open(link));
            assertThat(storage.trials()).hasSize(40);
        }
    }

    /** The one that is closed twice must not take away the right of the next. */
    @Test
    void closingTwiceReleasesOnce() {
        Storage first = SqliteStorage.create(file());
        first.close();
        try (Storage second = SqliteStorage.open(file())) {
            first.close();
            assertFails(Kind.IN_USE, () -> SqliteStorage.open(file()));
            second.put(proposed(0));
        }
    }

    @Test
    void aLockOfThisProcessThatIsNotOursIsALock() throws Exception {
        written();
        try (FileChannel channel = FileChannel.open(folder.resolve("study.db.lock"), StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            assertFails(Kind.IN_USE, () -> SqliteStorage.open(file()));
        }
        SqliteStorage.open(file()).close();
    }

    @Test
    void aRefusedFileIsNotHeld() throws Exception {
        Files.write(file(), "not a database, but of some length".repeat(50).getBytes(StandardCharsets.UTF_8));
        assertFails(Kind.INVALID_STUDY, () -> SqliteStorage.open(file()));
        assertFails(Kind.INVALID_STUDY, () -> SqliteStorage.open(file()));
    }

    @Test
    void isHeldByOneProcessUntilItDies() throws Exception {
        written();
        Path sign = folder.resolve("opened");
        Process child = ChildJvm.start(LeaseHolderMain.class, file().toString(), sign.toString());
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Files.exists(sign) && child.isAlive() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(sign).exists();
            StudyException e = assertFails(Kind.IN_USE, () -> SqliteStorage.open(file()));
            assertThat(e).hasMessageContaining("another run holds this study");
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Storage storage = SqliteStorage.open(file())) {
            assertThat(storage.trials())
                    .as("what the child wrote before it died")
                    .hasSize(41);
        }
    }

    /** Any tool may read while a study runs. */
    @Test
    void canBeReadMeanwhile() throws Exception {
        try (Storage storage = SqliteStorage.create(file())) {
            storage.put(proposed(0));
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = reader.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM trial")) {
                assertThat(row.next()).isTrue();
                storage.put(proposed(1));
                assertThat(row.getInt(1)).isEqualTo(1);
            }
            assertThat(storage.trials()).hasSize(2);
        }
    }

    private void readAll() {
        try (Storage storage = SqliteStorage.open(file())) {
            storage.metadata();
            storage.trials();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static StudyException assertFails(Kind kind, ThrowingCallable call) {
        StudyException e = catchThrowableOfType(StudyException.class, call);
        assertThat(e).as("a StudyException").isNotNull();
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
        assertThat(e.getMessage()).doesNotContain("\n").matches(".+: .+ \\(.+\\)|.+: .+");
        return e;
    }
}
