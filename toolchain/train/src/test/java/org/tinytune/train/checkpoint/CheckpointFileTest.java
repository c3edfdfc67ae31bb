package org.tinytune.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.train.Checkpoint;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.KeptCheckpoints;
import org.tinytune.train.ListedSamples;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingListener;

class CheckpointFileTest {
    private static final Map<String, String> SETTINGS = settings("0.1", "f00", "7");

    /** One of each phase. */
    private static Checkpoint inFloat;

    private static Checkpoint inIntegers;

    @TempDir
    private Path folder;

    private Path file;

    private static Map<String, String> settings(String version, String data, String seed) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", version);
        settings.put("data", data);
        settings.put("seed", seed);
        return settings;
    }

    @BeforeAll
    static void train() {
        ListedSamples samples = new ListedSamples(2, 1);
        for (int x = 0; x < 6; x++) {
            samples.add(x < 3 ? 1 : 0, x);
        }
        KeptCheckpoints kept = new KeptCheckpoints(Optional.empty());
        Trainer.fit(
                new FloatNetwork(1)
                        .encoding(new InputEncoding(List.of(0f), List.of(1f), 0, 6))
                        .dense("logits", 2)
                        .softmax()
                        .build(),
                samples,
                Optional.of(samples),
                TrainingConfig.standard(1, 1, 3, 0.1, 1),
                1,
                TrainingListener.NONE,
                () -> false,
                kept);
        inFloat = kept.kept().get(0);
        inIntegers = kept.kept().get(2);
    }

    @BeforeEach
    void save() {
        file = folder.resolve("checkpoint.bin");
        new CheckpointFile(file, SETTINGS).save(inIntegers);
    }

    private static byte[] bytes(Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        checkpoint.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ExitCode exitCode) {
        return assertThatThrownBy(() -> new CheckpointFile(file, SETTINGS).latest())
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(file.toString())
                .satisfies(e -> assertThat(((TinytuneException) e).exitCode()).isEqualTo(exitCode));
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        CheckpointFile checkpoints = new CheckpointFile(file, SETTINGS);
        assertThat(bytes(checkpoints.latest().orElseThrow())).isEqualTo(bytes(inIntegers));
        checkpoints.save(inFloat);
        assertThat(bytes(checkpoints.latest().orElseThrow())).isEqualTo(bytes(inFloat));
        assertThat(inFloat.finished()).isEmpty();
        assertThat(inIntegers.finished()).hasSize(1);
    }

    @Test
    void thereMayBeNone() {
        assertThat(new CheckpointFile(folder.resolve("none"), SETTINGS).latest())
                .isEmpty();
    }

    /** The notation is an interface: old files must stay readable, or the version must rise. */
    @Test
    void beginsWithMagicVersionAndLength() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("TINYTCKP");
        assertThat(ByteBuffer.wrap(bytes).getInt(8)).isEqualTo(3);
        assertThat(ByteBuffer.wrap(bytes).getInt(12)).isEqualTo(bytes.length - 20);
    }

    @Test
    void refusesFilesThatAreCut() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += length < 32 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertRefused(ExitCode.INVALID_INPUT).hasMessageContaining("no checkpoint, or damaged");
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefused(ExitCode.INVALID_INPUT).hasMessageContaining("long, not");
    }

    @Test
    void refusesAFlippedBitInAnyByte() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Files.write(file, flipped);
            assertRefused(ExitCode.INVALID_INPUT).hasMessageContaining("no checkpoint, or damaged");
        }
    }

    /** Whoever changes a file and mends its checksum as well is told of what does not parse, not of an exception. */
    @Test
    void refusesWhatTheChecksumDoesNotShow() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 16; i < bytes.length - 4; i += 3) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) 0x80;
            CRC32C checksum = new CRC32C();
            checksum.update(changed, 0, bytes.length - 4);
            ByteBuffer.wrap(changed).putInt(bytes.length - 4, (int) checksum.getValue());
            Files.write(file, changed);
            try {
                new CheckpointFile(file, SETTINGS).latest();
            } catch (TinytuneException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void namesWhatDiffers() {
        file = folder.resolve("other");
        new CheckpointFile(file, settings("0.1", "bad", "8")).save(inFloat);
        assertRefused(ExitCode.USAGE)
                .hasMessageContaining("begun with other settings: data was bad, is f00; seed was 8, is 7 ");
        new CheckpointFile(file, settings("0.0", "f00", "7")).save(inFloat);
        assertRefused(ExitCode.USAGE).hasMessageContaining("version was 0.0, is 0.1 ");
    }

    @Test
    void refusesAFolderInItsPlace() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused(ExitCode.INVALID_INPUT)
                .hasMessage(file + ": is a folder, not a checkpoint (remove it, or give another --out)");
    }

    @Test
    void whatCannotBeWrittenLeavesTheOneBefore() throws IOException {
        byte[] before = Files.readAllBytes(file);
        Path sub = Files.createDirectory(folder.resolve("gone"));
        CheckpointFile gone = new CheckpointFile(sub.resolve("checkpoint.bin"), SETTINGS);
        gone.save(inFloat);
        Files.delete(sub.resolve("checkpoint.bin"));
        Files.delete(sub);
        // A folder that is gone fails as a full disk does: before the file is replaced.
        assertThatThrownBy(() -> gone.save(inFloat))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("the checkpoint cannot be written, the one before is kept: ")
                .hasMessageContaining("--resume");
        // As the first checkpoint of a training does: there is none before it, whatever another training has left.
        CheckpointFile first = new CheckpointFile(sub.resolve("checkpoint.bin"), SETTINGS);
        assertThatThrownBy(() -> first.save(inFloat))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("the checkpoint cannot be written, and there is none to go on with: ")
                .hasMessageEndingWith(" (make room and begin anew)");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
