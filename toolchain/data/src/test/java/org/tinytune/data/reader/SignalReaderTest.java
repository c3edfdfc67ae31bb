package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.chunk;
import static org.tinytune.data.reader.TestFiles.format;
import static org.tinytune.data.reader.TestFiles.riff;
import static org.tinytune.data.reader.TestFiles.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.recording.RecordingOptions;

class SignalReaderTest {
    private static final SignalFormat SOUND = new SignalFormat(8, 1.0 / 32768, List.of("audio"), "");
    private static final SignalFormat MOTION = new SignalFormat(100, 0.01, List.of("ax", "ay"), "m/s2");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void cutsSoundIntoWindows() {
        Path file = TestFiles.write(folder, "long.wav", wav(8, 1, 2, 3, 4, 5));

        List<Sample> samples = reader(SOUND, 2, Map.of()).read(file);

        assertThat(samples).extracting(Sample::name).containsExactly("long.wav at 0.000 s", "long.wav at 0.250 s");
        assertThat(samples.get(1).values()).containsExactly(3, 4);
        assertThat(samples.get(1).seconds()).hasValue(0.25);
        assertThat(reader(SOUND, 2, Map.of("window_stride", "1 samples")).read(file))
                .hasSize(4);
        assertThat(notes).isEmpty();
    }

    @Test
    void aStreamIsOfWhatFillsItsSteps() {
        Path file = TestFiles.write(folder, "long.wav", wav(8, 1, 2, 3, 4, 5));
        Path shorter = TestFiles.write(folder, "a.wav", wav(8, 1));
        SignalReader reader = reader(SOUND, 2, Map.of());

        assertThat(reader.stream(file).get(0).counts()).containsExactly(new short[] {1, 2}, new short[] {3, 4});
        assertThat(reader.stream(shorter)).hasSize(1);
        assertThat(reader.stream(shorter).get(0).counts()).isEmpty();
        assertThat(reader.read(shorter)).hasSize(1);
    }

    @Test
    void padsWhatIsShorterAsTrainingDid() {
        Path file = TestFiles.write(folder, "a.wav", wav(8, 1, 2));

        assertThat(reader(SOUND, 4, Map.of()).read(file).get(0).values()).containsExactly(0, 1, 2, 0);
        assertThat(reader(SOUND, 4, Map.of("window_padding", "repeat"))
                        .read(file)
                        .get(0)
                        .values())
                .containsExactly(1, 2, 1, 2);
        assertThat(reader(SOUND, 4, Map.of()).read(file).get(0).name()).isEqualTo("a.wav");
    }

    @Test
    void mixesAndResamplesSound() {
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4; i++) {
            data.putShort((short) 100).putShort((short) 300);
        }
        Path file = TestFiles.write(
                folder, "a.wav", riff(chunk("fmt ", format(TestFiles.PCM, 2, 16, 16)), chunk("data", data.array())));

        List<Sample> samples = reader(SOUND, 2, Map.of()).read(file);

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).values()).containsExactly(200, 200);
        assertThat(notes).containsExactly("a.wav has a rate of 16.0 Hz, resampled to the model's 8.0 Hz");
        assertThat(reader(SOUND, 2, Map.of("columns", "right"))
                        .read(file)
                        .get(0)
                        .values())
                .containsExactly(300, 300);
    }

    @Test
    void findsTheModelsChannelsByName() {
        Path file = TestFiles.write(folder, "a.csv", "Zeit [ms];AY;gx;AX\n0;1,5;7;-0,25\n10;2;7;1\n");
        SignalReader reader = reader(MOTION, 2, Map.of());

        assertThat(reader.reads(file)).isTrue();
        assertThat(reader.read(file).get(0).values()).containsExactly(-25, 150, 100, 200);
        assertThat(notes).isEmpty();
    }

    @Test
    void readingsBeyondTheRangeOfCountsSaturate() {
        Path file = TestFiles.write(folder, "a.csv", "time_ms,ax,ay\n0,1000,-1000\n10,0,0\n");

        assertThat(reader(MOTION, 2, Map.of()).read(file).get(0).values()).startsWith(32767, -32768);
    }

    @Test
    void otherNamesAreTakenInOrderAndTold() {
        Path file = TestFiles.write(folder, "a.csv", "time_ms,u (g),v (g)\n0,1,2\n10,3,4\n");

        assertThat(reader(MOTION, 2, Map.of()).read(file).get(0).values()).containsExactly(100, 200, 300, 400);
        assertThat(notes)
                .containsExactly(
                        "a.csv has the channels u (g), v (g), taken for ax, ay in this order",
                        "a.csv holds readings in g, the model was trained on m/s2: they are not converted");
    }

    @Test
    void theUserSaysTheOrderAndIsToldIfItIsAnother() {
        Path file = TestFiles.write(folder, "a.csv", "time_ms,ay,ax\n0,1,2\n10,3,4\n");

        assertThat(reader(MOTION, 2, Map.of("columns", "ay,ax"))
                        .read(file)
                        .get(0)
                        .values())
                .containsExactly(100, 200, 300, 400);
        assertThat(notes).containsExactly("a.csv has the channels ay, ax, taken for ax, ay in this order");
    }

    @Test
    void refusesTooFewOrTooManyChannels() {
        Path few = TestFiles.write(folder, "few.csv", "time_ms,ax\n0,1\n10,3\n");
        Expect.invalidInput(() -> reader(MOTION, 2, Map.of()).read(few))
                .isEqualTo("few.csv has 1 channel, ax, the model takes 2 channels, ax, ay");
        Path many = TestFiles.write(folder, "many.csv", "time_ms,u,v,w\n0,1,2,3\n10,3,4,5\n");
        Expect.invalidInput(() -> reader(MOTION, 2, Map.of()).read(many))
                .isEqualTo("many.csv has 3 channels, u, v, w, the model takes 2 channels, ax, ay: say which ones by"
                        + " --columns");
        assertThat(reader(MOTION, 2, Map.of("columns", "w,u")).read(many).get(0).values())
                .containsExactly(300, 100, 500, 300);
    }

    @Test
    void aFileWithoutTimesHasTheRateOfTheModelOrWhatIsSaid() {
        Path file = TestFiles.write(folder, "a.csv", "ax,ay\n1,2\n1,2\n1,2\n1,2\n");

        assertThat(reader(MOTION, 4, Map.of()).read(file)).hasSize(1);
        assertThat(reader(MOTION, 4, Map.of("rate", "50")).read(file).get(0).values())
                .hasSize(8);
        assertThat(notes).containsExactly("a.csv has a rate of 50.0 Hz, resampled to the model's 100.0 Hz");
    }

    @Test
    void aTableOfSamplesIsNoRecording() {
        assertThat(reader(MOTION, 2, Map.of()).reads(TestFiles.write(folder, "a.csv", "1,2,3,4\n")))
                .isFalse();
        assertThat(reader(MOTION, 2, Map.of()).reads(TestFiles.write(folder, "b.csv", "a,b,c,d,label\n1,2,3,4,x\n")))
                .isFalse();
        Expect.invalidInput(() -> reader(MOTION, 2, Map.of()).reads(folder.resolve("gone.wav")))
                .isEqualTo("gone.wav does not exist");
    }

    private SignalReader reader(SignalFormat format, int window, Map<String, String> options) {
        return new SignalReader(format, window, new RecordingOptions(new TreeMap<>(options)), notes::add);
    }
}
