package org.tinytune.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.RandomBlocks;

/**
 * Whatever a file's metadata say of blocks before its network, it is read, or refused in one line, soon and in little
 * memory. What is altered is the text of the metadata, token by token, so that most of it is still JSON.
 */
class FrontEndMutationTest {
    private static final String KEY = "front_end";
    private static final int COUNT = 3_000;
    private static final int GRAPHS_OF_A_BLOCK = 5;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** For the arena of a graph of 64 MB of activations, and what is allocated once. */
    private static final long MOST_BYTES = 200L << 20;

    private static final Pattern TOKEN = Pattern.compile("-?\\d[\\d.E-]*|\"[^\"]*\"|true|false|null|[\\[\\]{},:]");

    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "2",
            "16",
            "17",
            "64",
            "128",
            "2048",
            "4096",
            "16384",
            "1048576",
            "2147483647",
            "-2147483648",
            "9999999999",
            "0.5",
            "1E39",
            "1E-46",
            "\"NaN\"",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void alteredFrontEndsAreReadOrRefusedInOneLine() {
        int refused = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] file = altered(random);
            long nanos = THREADS.getCurrentThreadCpuTime();
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            refused += isRefused(file, seed) ? 1 : 0;
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - nanos))
                    .as("processor time of seed %d", seed)
                    .isLessThan(LIMIT);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
                    .as("bytes of seed %d", seed)
                    .isLessThan(MOST_BYTES);
        }
        assertThat(refused).isBetween(COUNT / 3, COUNT - COUNT / 50);
    }

    private static byte[] altered(SplittableRandom random) {
        DspBlock<?> block = Operators.DSP_BLOCKS.get(random.nextInt(Operators.DSP_BLOCKS.size()));
        Graph network = FrontEndMetadata.toFile(RandomBlocks.beforeNetwork(block, random.nextInt(GRAPHS_OF_A_BLOCK)));
        String json = network.metadata().extra().get(KEY);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            json = altered(json, random);
        }
        return TfliteWriter.write(network.withMetadata(network.metadata().withExtra(KEY, json)));
    }

    /** With another value in place of one, in one of eight cases any other token. */
    private static String altered(String json, SplittableRandom random) {
        boolean any = random.nextInt(8) == 0;
        List<MatchResult> tokens = TOKEN.matcher(json)
                .results()
                .filter(token -> any || Character.isLetterOrDigit(token.group().charAt(0)))
                .toList();
        MatchResult token = tokens.get(random.nextInt(tokens.size()));
        String by = random.nextInt(4) == 0
                ? tokens.get(random.nextInt(tokens.size())).group()
                : VALUES.get(random.nextInt(VALUES.size()));
        return json.substring(0, token.start()) + by + json.substring(token.end());
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
            throw new AssertionError("seed " + seed, e);
        }
    }
}
