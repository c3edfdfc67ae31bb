package org.tinytune.search.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.tinytune.search.StudyException;
import org.tinytune.search.StudyException.Kind;
import org.tinytune.search.storage.TrialJson.DamagedException;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;

/**
 * Keeps a study in one SQLite file.
 *
 * <p>Every call is one transaction, written ahead ({@code journal_mode=WAL}): when the process is killed, the file
 * holds all calls that returned and none in part. While a study is open the journal lies beside the file ({@code -wal},
 * {@code -shm}), and an empty {@code .lock} file keeps other processes from running the same study; reading with any
 * SQLite tool is possible all the time.
 *
 * <p>Tables: {@code metadata(key, value)}, {@code trial(number, state, parameters, objective_values, constraint_values,
 * attributes)} with JSON in the last four, {@code intermediate_value(trial, epoch, value)} where NaN is NULL.
 */
public final class SqliteStorage implements Storage {
    /** {@code PRAGMA user_version}: raised when the tables change. */
    static final int SCHEMA_VERSION = 1;
    /** {@code PRAGMA application_id}: "ttun". */
    private static final int APPLICATION_ID = 0x7474756e;
    /** A tool that reads may hold the file for a moment. */
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    /** No SQLite file is shorter: the least size of a page. */
    private static final int LEAST_BYTES = 512;

    private static final String NOT_A_STUDY = ": not a study, or damaged (restore it, or start a new study)";

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE metadata (position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL)",
            "CREATE TABLE trial (number INTEGER PRIMARY KEY, state TEXT NOT NULL, parameters TEXT NOT NULL,"
                    + " objective_values TEXT NOT NULL, constraint_values TEXT NOT NULL, attributes TEXT NOT NULL)",
            "CREATE TABLE intermediate_value (trial INTEGER NOT NULL REFERENCES trial, epoch INTEGER NOT NULL,"
                    + " value REAL, PRIMARY KEY (trial, epoch)) WITHOUT ROWID",
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + SCHEMA_VERSION);

    private final Path file;
    private final FileLease lease;
    private final Connection connection;

    private SqliteStorage(Path file, FileLease lease, Connection connection) {
        this.file = file;
        this.lease = lease;
        this.connection = connection;
    }

    /**
     * Makes a new file.
     *
     * @param file in an existing folder
     * @throws StudyException if the file exists or cannot be written
     */
    public static SqliteStorage create(Path file) {
        if (Files.exists(file)) {
            throw new StudyException(Kind.USAGE, file + ": the study exists (resume it, or choose another file)");
        }
        return connect(file);
    }

    /**
     * Opens a file, also one whose creation was interrupted.
     *
     * @throws StudyException if the file is missing, is not a study, is damaged, of a newer version, in use, or cannot
     *     be written
     */
    public static SqliteStorage open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StudyException(Kind.USAGE, file + ": there is no study to resume (start one without resuming)");
        }
        return connect(file);
    }

    /**
     * Removes a study and its journal, if there is one. Its lock file stays, for the next.
     *
     * @param file in an existing folder
     * @throws StudyException if another run holds the study, or it cannot be removed
     */
    public static void delete(Path file) {
        FileLease lease = FileLease.acquire(file);
        try {
            for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new StudyException(Kind.STORAGE, file + ": cannot be removed (check the folder's permissions)", e);
        } finally {
            lease.release();
        }
    }

    private static SqliteStorage connect(Path file) {
        FileLease lease = FileLease.acquire(file);
        try {
            refuseStub(file);
            // A file: address, since the driver takes a question mark in a plain path for the start of options.
            Connection connection = DriverManager.getConnection(
                    "jdbc:sqlite:" + file.toAbsolutePath().toUri());
            SqliteStorage storage = new SqliteStorage(file, lease, connection);
            try {
                storage.prepare();
                return storage;
            } catch (SQLException | RuntimeException e) {
                storage.connection.close();
                throw e;
            }
        } catch (SQLException e) {
            lease.release();
            throw failure(file, e);
        } catch (RuntimeException e) {
            lease.release();
            throw e;
        }
    }

    /** SQLite would take what is left of a header, or one byte of text, for an empty file and write into it. */
    private static void refuseStub(Path file) {
        long size = file.toFile().length(); // 0 if it does not exist
        if (size > 0 && size < LEAST_BYTES) {
            throw new StudyException(Kind.INVALID_STUDY, file + NOT_A_STUDY);
        }
    }

    /** Checks whose file it is before anything is written to it, then makes the tables if there are none. */
    private void prepare() throws SQLException {
        execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
        boolean isEmpty = queryInt("SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && queryInt("PRAGMA application_id") != APPLICATION_ID) {
            throw new StudyException(Kind.INVALID_STUDY, file + ": not a study, but another program's SQLite file");
        }
        int version = queryInt("PRAGMA user_version");
        if (!isEmpty && version != SCHEMA_VERSION) {
            throw new StudyException(
                    Kind.INVALID_STUDY,
                    file + ": written as schema version " + version + ", this program reads " + SCHEMA_VERSION
                            + " (use the version that wrote it)");
        }
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA synchronous = NORMAL");
        execute("PRAGMA foreign_keys = ON");
        if (isEmpty) {
            transaction(() -> {
                for (String statement : SCHEMA) {
                    execute(statement);
                }
            });
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public synchronized Map<String, String> metadata() {
        return reading(() -> {
            Map<String, String> metadata = new LinkedHashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT key, value FROM metadata ORDER BY position")) {
                while (rows.next()) {
                    metadata.put(rows.getString(1), rows.getString(2));
                }
            }
            return metadata;
        });
    }

    @Override
    public synchronized void begin(Map<String, String> metadata) {
        if (!metadata().isEmpty()) {
            throw new IllegalStateException("the study has been begun");
        }
        writing(() -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO metadata (key, value) VALUES (?, ?)")) {
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    insert.setString(1, entry.getKey());
                    insert.setString(2, entry.getValue());
                    insert.executeUpdate();
                }
            }
        });
    }

    @Override
    public synchronized List<FrozenTrial> trials() {
        return reading(() -> {
            Map<Integer, SortedMap<Integer, Double>> intermediate = intermediateValues();
            List<FrozenTrial> trials = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT number, state, parameters, objective_values,"
                            + " constraint_values, attributes FROM trial ORDER BY number")) {
                while (row.next()) {
                    trials.add(trial(row, trials.size(), intermediate));
                }
            }
            return trials;
        });
    }

    private FrozenTrial trial(ResultSet row, int expected, Map<Integer, SortedMap<Integer, Double>> intermediate)
            throws SQLException {
        try {
            int number = row.getInt(1);
            if (number != expected) {
                throw new DamagedException("trial " + number);
            }
            return new FrozenTrial(
                    number,
                    TrialState.valueOf(row.getString(2)),
                    TrialJson.parameters(row.getString(3)),
                    TrialJson.numbers(row.getString(4)),
                    TrialJson.numbers(row.getString(5)),
                    TrialJson.attributes(row.getString(6)),
                    intermediate.getOrDefault(number, new TreeMap<>()));
        } catch (DamagedException | IllegalArgumentException e) {
            throw new StudyException(
                    Kind.INVALID_STUDY,
                    file + ": trial " + expected + " is damaged (restore the file, or start a new study)",
                    e);
        }
    }

    private Map<Integer, SortedMap<Integer, Double>> intermediateValues() throws SQLException {
        Map<Integer, SortedMap<Integer, Double>> byTrial = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT trial, epoch, value FROM intermediate_value")) {
            while (row.next()) {
                double value = row.getDouble(3);
                if (row.wasNull()) {
                    value = Double.NaN;
                }
                byTrial.computeIfAbsent(row.getInt(1), number -> new TreeMap<>())
                        .put(row.getInt(2), value);
            }
        }
        return byTrial;
    }

    @Override
    public synchronized void put(FrozenTrial trial) {
        writing(() -> {
            int size = queryInt("SELECT count(*) FROM trial");
            if (trial.number() < 0 || trial.number() > size) {
                throw new IllegalArgumentException(
                        "trial " + trial.number() + " would leave a gap after " + size + " trials");
            }
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET"
                            + " state = excluded.state, parameters = excluded.parameters,"
                            + " objective_values = excluded.objective_values,"
                            + " constraint_values = excluded.constraint_values, attributes = excluded.attributes")) {
                upsert.setInt(1, trial.number());
                upsert.setString(2, trial.state().name());
                upsert.setString(3, TrialJson.write(trial.parameters().values()));
                upsert.setString(4, TrialJson.write(trial.values()));
                upsert.setString(5, TrialJson.write(trial.constraints()));
                upsert.setString(6, TrialJson.write(trial.attributes()));
                upsert.executeUpdate();
            }
            execute("DELETE FROM intermediate_value WHERE trial = " + trial.number());
            for (Map.Entry<Integer, Double> entry : trial.intermediateValues().entrySet()) {
                insertIntermediate(trial.number(), entry.getKey(), entry.getValue());
            }
        });
    }

    @Override
    public synchronized void report(int number, int epoch, double value) {
        writing(() -> {
            if (queryInt("SELECT count(*) FROM trial WHERE number = " + number) == 0) {
                throw new IllegalArgumentException("there is no trial " + number);
            }
            insertIntermediate(number, epoch, value);
        });
    }

    private void insertIntermediate(int number, int epoch, double value) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT OR REPLACE INTO intermediate_value VALUES (?, ?, ?)")) {
            upsert.setInt(1, number);
            upsert.setInt(2, epoch);
            upsert.setDouble(3, value); // SQLite stores NaN as NULL
            upsert.executeUpdate();
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            lease.release();
        }
    }

    private interface SqlAction {
        void run() throws SQLException;
    }

    private interface SqlQuery<T> {
        T run() throws SQLException;
    }

    private <T> T reading(SqlQuery<T> query) {
        checkOpen();
        try {
            return query.run();
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private void writing(SqlAction action) {
        checkOpen();
        try {
            transaction(action);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private void checkOpen() {
        try {
            if (connection.isClosed()) {
                throw new IllegalStateException("the storage is closed");
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private void transaction(SqlAction action) throws SQLException {
        execute("BEGIN IMMEDIATE");
        try {
            action.run();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /** SQLite rolls back by itself after some errors, as a full disk; then there is nothing left to do. */
    private void rollBack(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int queryInt(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Also if a table or a column is not there, or of another kind: our statements are always the same. */
    private static boolean isDamage(SQLiteErrorCode code) {
        int primary = code.code & 0xff; // the rest tells cases of one error apart
        return primary == SQLiteErrorCode.SQLITE_NOTADB.code
                || primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_ERROR.code
                || primary == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    private static StudyException failure(Path file, SQLException e) {
        SQLiteErrorCode code = e instanceof SQLiteException sqlite ? sqlite.getResultCode() : null;
        if (code != null && isDamage(code)) {
            return new StudyException(Kind.INVALID_STUDY, file + NOT_A_STUDY, e);
        }
        String reason = code == null ? e.getMessage() : code.message;
        return new StudyException(
                Kind.STORAGE, file + ": " + reason + " (check the folder's permissions and free space)", e);
    }
}
