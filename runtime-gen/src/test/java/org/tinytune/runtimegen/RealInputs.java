package org.tinytune.runtimegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.testing.RealSignals;

/** What sensors have given, as inputs of a block: speech and motion as samples, handwriting as pixels. */
final class RealInputs {
    private static final Path DIGITS = Path.of(System.getProperty("tinytune.root"), "examples/digits/digits.csv");
    private static final int PIXELS = 64;
    private static final int PIXEL_STEPS = 15;

    private final List<List<short[]>> signals = List.of(RealSignals.speech(), RealSignals.motion());
    private final List<int[]> images = digits();

    private static List<int[]> digits() {
        try (var lines = Files.lines(DIGITS)) {
            return lines.skip(1)
                    .limit(PIXELS)
                    .map(line -> List.of(line.split(",")).stream()
                            .limit(PIXELS)
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Inputs of a graph with one input.
     *
     * @param number which recordings they are taken from
     */
    List<byte[]> of(Graph graph, int number) {
        Tensor input = graph.input();
        return input.type() == ElementType.INT16
                ? signals.stream().map(s -> samples(s, number, input)).toList()
                : List.of(pixels(number, input));
    }

    /** From the middle of recordings, a channel each; from the beginning on, once they end. */
    private static byte[] samples(List<short[]> recordings, int number, Tensor input) {
        int channels = input.shape().dim(-1);
        ByteBuffer bytes = ByteBuffer.allocate(input.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            short[] recording = recordings.get((number * channels + i % channels) % recordings.size());
            bytes.putShort(recording[(recording.length / 2 + i / channels) % recording.length]);
        }
        return bytes.array();
    }

    private byte[] pixels(int number, Tensor input) {
        byte[] bytes = new byte[input.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            int[] image = images.get((number + i / PIXELS) % images.size());
            bytes[i] = (byte) (image[i % PIXELS] * PIXEL_STEPS - 128);
        }
        return bytes;
    }
}
