package org.tinytune.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Recordings that features are tested on, as int16 of one channel. */
public final class RealSignals {
    /** Where spoken digits are, in the shared folder. */
    public static final String SPEECH = "data/fsdd/recordings";

    /** Where gestures are. */
    public static final String MOTION = "data/imu-gestures";

    /** Samples of a frame of a gesture: 1.2 s at 104 Hz. */
    public static final int MOTION_FRAME = 125;

    private static final int CLIPS = 20;
    private static final int WAV_HEADER_BYTES = 44;
    private static final int EVERY = 8;
    private static final int AXES = 3;

    /** Of a metre per second squared, where int16 is 4 times gravity. */
    private static final double READINGS = 32_768 / (4 * 9.80665);

    private RealSignals() {}

    /** Some of the clips at 8 kHz, of all digits and speakers. */
    public static List<short[]> speech() {
        try (Stream<Path> files = Files.list(SharedFolder.require(SPEECH))) {
            List<Path> wavs = files.sorted().toList();
            return Stream.iterate(0, i -> i + wavs.size() / CLIPS)
                    .limit(CLIPS)
                    .map(i -> samples(wavs.get(i)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static short[] samples(Path wav) {
        try {
            byte[] bytes = Files.readAllBytes(wav);
            byte[] data = Arrays.copyOfRange(bytes, WAV_HEADER_BYTES, bytes.length);
            short[] samples = new short[data.length / Short.BYTES];
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each axis of some recordings of an accelerometer. */
    public static List<short[]> motion() {
        List<short[]> axes = new ArrayList<>();
        Path zip = SharedFolder.require(MOTION).resolve("imu-acc-export.zip");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> recordings = file.stream()
                    .filter(entry -> entry.getName().contains(".json."))
                    .toList();
            for (int r = 0; r < recordings.size(); r += EVERY) {
                try (InputStream in = file.getInputStream(recordings.get(r))) {
                    JsonNode values = new ObjectMapper().readTree(in).at("/payload/values");
                    for (int axis = 0; axis < AXES; axis++) {
                        axes.add(readings(values, axis));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return axes;
    }

    private static short[] readings(JsonNode values, int axis) {
        short[] readings = new short[values.size()];
        for (int i = 0; i < readings.length; i++) {
            double reading = StrictMath.rint(values.get(i).get(axis).asDouble() * READINGS);
            readings[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, reading));
        }
        return readings;
    }
}
