package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.RandomBlocks;
import org.tinytune.core.testing.RandomGraphs;

/**
 * Whatever happens to the bytes of a file, it is read, or refused in one line, and soon. Many more files, and what
 * becomes of those that are read: ModelFuzzTest.
 */
class TfliteReaderMutationTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int EVERYDAY = 2_000;
    /** Of the bytes in front, where the structure is, most mutations should be. */
    private static final int STRUCTURE_BYTES = 4_000;

    private final List<byte[]> files = new ArrayList<>();

    TfliteReaderMutationTest() {
        files.add(TfliteWriter.write(SampleGraphs.described()));
        for (long seed = 0; seed < 4; seed++) {
            files.add(TfliteWriter.write(RandomGraphs.network(seed)));
            files.add(TfliteWriter.write(RandomGraphs.int16Network(seed)));
        }
        Operators.ALL.forEach(operator -> files.add(
                TfliteWriter.write(RandomGraphs.single(operator, 1).withMetadata(SampleGraphs.fullMetadata()))));
        Operators.DSP_BLOCKS.forEach(block -> files.add(TfliteWriter.write(RandomBlocks.beforeNetwork(block, 1))));
    }

    @Test
    void alteredFilesAreReadOrRefusedInOneLine() {
        int refused = mutate(0, EVERYDAY);
        assertThat(refused).isBetween(EVERYDAY / 3, EVERYDAY - EVERYDAY / 20);
    }

    private int mutate(long firstSeed, int count) {
        int refused = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = mutated(files.get(random.nextInt(files.size())), random);
            long start = System.nanoTime();
            refused += isRefused(file, seed) ? 1 : 0;
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d", seed)
                    .isLessThan(LIMIT);
        }
        return refused;
    }

    /** Also prepares and plans what was read: the kernels are the next to see what a file claims. */
    private static boolean isRefused(byte[] file, long seed) {
        try {
            Simulator.of(TfliteReader.read("m.tflite", file));
            return false;
        } catch (TinytuneException e) {
            assertThat(e.exitCode()).as("seed %d", seed).isEqualTo(ExitCode.INVALID_INPUT);
            assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n", "\r");
            return true;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed, e);
        }
    }

    private static byte[] mutated(byte[] original, SplittableRandom random) {
        byte[] file = original.clone();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? file.length : Math.min(STRUCTURE_BYTES, file.length));
            switch (random.nextInt(7)) {
                case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[at] = (byte) random.nextInt(256);
                case 2, 3 -> putInt(file, at & ~3, interesting(file.length, random));
                case 4 -> copy(file, at, random);
                case 5 -> putInt(file, at & ~1, random.nextInt());
                default -> file = cutOrStretched(file, at, random);
            }
        }
        return file;
    }

    private static int interesting(int length, SplittableRandom random) {
        int[] values = {0, 1, -1, 4, length, -length, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 0xffff, 1 << 28};
        return values[random.nextInt(values.length)] + random.nextInt(-1, 2);
    }

    private static void putInt(byte[] file, int at, int value) {
        if (at + Integer.BYTES <= file.length) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        }
    }

    private static void copy(byte[] file, int at, SplittableRandom random) {
        int from = random.nextInt(file.length);
        int length = Math.min(random.nextInt(64), file.length - Math.max(from, at));
        System.arraycopy(file, from, file, at, length);
    }

    private static byte[] cutOrStretched(byte[] file, int at, SplittableRandom random) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(file, Math.max(at, 1));
        }
        byte[] stretched = new byte[file.length + random.nextInt(64)];
        System.arraycopy(file, 0, stretched, 0, at);
        System.arraycopy(file, at, stretched, stretched.length - (file.length - at), file.length - at);
        return stretched;
    }
}
