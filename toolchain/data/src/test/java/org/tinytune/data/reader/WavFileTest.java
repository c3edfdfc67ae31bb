package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tinytune.data.reader.TestFiles.FLOAT;
import static org.tinytune.data.reader.TestFiles.PCM;
import static org.tinytune.data.reader.TestFiles.chunk;
import static org.tinytune.data.reader.TestFiles.concat;
import static org.tinytune.data.reader.TestFiles.format;
import static org.tinytune.data.reader.TestFiles.riff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.data.recording.Readings;

class WavFileTest {
    private static final double FULL_SCALE = 1.0 / 32768;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "8, 00 80 81 ff, -32768 0 256 32512",
        "16, 0080 0000 ff7f, -32768 0 32767",
        "24, 000080 7f0000 800000 ffff7f, -32768 0 1 32767",
        "32, 00000080 ff7f0000 00800000 ffffff7f 00800080, -32768 0 1 32767 -32767",
    })
    void readsPcmRoundedToSixteenBits(int bits, String hex, String expected) {
        byte[] data = HexFormat.of().parseHex(hex.replace(" ", ""));
        Readings readings = read(riff(chunk("fmt ", format(PCM, 1, 8000, bits)), chunk("data", data)));

        assertThat(values(readings)).isEqualTo(expected);
        assertThat(readings.rateHz()).isEqualTo(8000);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void readsFloatingPoint(int bits) {
        ByteBuffer data = ByteBuffer.allocate(4 * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : new double[] {-1, 0.5, 1, 0.25}) {
            if (bits == 32) {
                data.putFloat((float) value);
            } else {
                data.putDouble(value);
            }
        }
        Readings readings = read(riff(chunk("fmt ", format(FLOAT, 2, 44_100, bits)), chunk("data", data.array())));

        assertThat(readings.channels()).containsExactly("left", "right");
        assertThat(readings.frames()).isEqualTo(2);
        assertThat(values(readings)).isEqualTo("-32768 16384 32767 8192");
    }

    @Test
    void readsTheExtensibleFormat() {
        byte[] format = Arrays.copyOf(format(0xfffe, 3, 48_000, 16), 40);
        format[16] = 22;
        format[24] = PCM;
        Readings readings = read(riff(chunk("fmt ", format), chunk("data", new byte[] {1, 0, 2, 0, 3, 0})));

        assertThat(readings.channels()).containsExactly("channel1", "channel2", "channel3");
        assertThat(values(readings)).isEqualTo("1 2 3");
    }

    @Test
    void skipsOtherChunksAndTheirPadding() {
        Readings readings = read(riff(
                chunk("JUNK", new byte[3]),
                chunk("fmt ", format(PCM, 1, 8000, 16)),
                chunk("LIST", "INFOabc".getBytes(StandardCharsets.ISO_8859_1)),
                chunk("data", new byte[] {7, 0}),
                chunk("id3 ", new byte[5])));

        assertThat(values(readings)).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x7ffff000, 0x80000000})
    void readsAStreamToItsEnd(int length) {
        byte[] stream =
                riff(chunk("fmt ", format(PCM, 1, 8000, 16)), chunk("data", length, new byte[] {1, 0, 2, 0, 9}));

        assertThat(values(read(stream))).isEqualTo("1 2" + (stream.length % 2 == 0 ? " 9" : ""));
    }

    @Test
    void anEmptyDataChunkIsNoStreamIfAnotherFollows() {
        Readings readings = read(
                riff(chunk("fmt ", format(PCM, 1, 8000, 16)), chunk("data", new byte[0]), chunk("LIST", new byte[4])));

        assertThat(readings.frames()).isZero();
    }

    @Test
    void saysWhatIsDamaged() {
        byte[] format = chunk("fmt ", format(PCM, 1, 8000, 16));
        refuses(riff(format, chunk("data", 1000, new byte[4])))
                .isEqualTo("a.wav: its data chunk should have 1000 bytes, but only 4 follow: it is cut off, record or"
                        + " copy it again");
        refuses(riff(format, chunk("data", 0x7fffffff, new byte[4]))).contains("should have 2147483647 bytes");
        refuses(riff(format, chunk("LIST", 0x7ffffff0, new byte[4]))).contains("chunk 'LIST' should have");
        refuses(riff(format, chunk("data", 3, new byte[4])))
                .startsWith("a.wav ends in the middle of a sample: its 3 bytes are no multiple of 2");
        refuses(riff(chunk("data", new byte[4]))).startsWith("a.wav: its samples come before their format");
        refuses(riff(format)).startsWith("a.wav holds no samples: it has no data chunk");
        refuses(riff(chunk("fmt ", new byte[8]))).startsWith("a.wav: its format chunk has 8 bytes");
        refuses(Arrays.copyOf(riff(format), 15)).isEqualTo("a.wav ends too early: it is cut off, get it again");
        refuses("RF64".getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo("a.wav ends too early: it is cut off, get it" + " again");
        refuses(concat("RF64".getBytes(StandardCharsets.ISO_8859_1), new byte[20]))
                .startsWith("a.wav is an RF64 file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2      | 1   | 8000 | 4  | a.wav holds ADPCM, not plain samples: convert it (ffmpeg",
                "85     | 2   | 8000 | 16 | a.wav holds MP3",
                "4660   | 1   | 8000 | 16 | a.wav holds sound of format 0x1234",
                "1      | 0   | 8000 | 16 | a.wav: its format says 0 channels at 8000 Hz",
                "1      | 999 | 8000 | 16 | a.wav: its format says 999 channels",
                "1      | 1   | 0    | 16 | a.wav: its format says 1 channels at 0 Hz",
                "1      | 1   | -1   | 16 | a.wav: its format says 1 channels at 4294967295 Hz",
                "1      | 1   | 8000 | 64 | a.wav: its format says 64 bits in frames of 8 bytes",
                "3      | 1   | 8000 | 16 | a.wav: its format says 16 bits in frames of 2 bytes, 1 channels (floating",
            })
    void saysWhatIsNotRead(int tag, int channels, int rate, int bits, String message) {
        refuses(riff(chunk("fmt ", format(tag, channels, rate, bits)), chunk("data", new byte[16])))
                .startsWith(message);
    }

    @Test
    void refusesWhatIsNoReading() {
        byte[] nan = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0)
                .putFloat(Float.NaN)
                .array();

        refuses(riff(chunk("fmt ", format(FLOAT, 1, 8000, 32)), chunk("data", nan)))
                .isEqualTo("a.wav: sample 1 is NaN, which is no reading: it is damaged");
    }

    @Test
    void everyCutOfAFileIsOneLine() {
        byte[] whole =
                riff(chunk("LIST", new byte[6]), chunk("fmt ", format(PCM, 1, 8000, 16)), chunk("data", new byte[8]));
        for (int length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length)).startsWith("a.wav");
        }
    }

    private AbstractStringAssert<?> refuses(byte[] content) {
        return Expect.invalidInput(() -> read(content));
    }

    private Readings read(byte[] content) {
        return WavFile.read(new DataFile(TestFiles.write(folder, "a.wav", content)));
    }

    private static String values(Readings readings) {
        StringBuilder text = new StringBuilder();
        for (short value : readings.quantize(FULL_SCALE)) {
            text.append(value).append(' ');
        }
        return text.toString().strip();
    }
}
