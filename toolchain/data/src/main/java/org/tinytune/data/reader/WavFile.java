package org.tinytune.data.reader;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.Readings;

/**
 * A WAV file: PCM of 8 to 32 bits or floating point of 32 or 64, any channels and rate, other chunks skipped. Samples
 * of more than 16 bits are rounded to 16.
 *
 * <p>What was recorded through a pipe has a data chunk whose length is 0 or 0xFFFFFFFF, of SoX 0x7FFFF000 in whole
 * frames, of arecord 0x80000000, for nobody could go back to write it: then everything to the end is read. Any other
 * length that the file does not hold is an error.
 *
 * <p>Source: Microsoft, IBM, Multimedia programming interface and data specifications 1.0; Microsoft, Multiple channel
 * audio data and WAVE files (WAVE_FORMAT_EXTENSIBLE).
 */
final class WavFile {
    /** An hour at 16 kHz, and a little more. */
    static final int MAX_SAMPLES = 1 << 26;

    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;
    private static final Map<Integer, String> COMPRESSED =
            Map.of(2, "ADPCM", 6, "A-law", 7, "mu-law", 0x11, "IMA ADPCM", 0x31, "GSM", 0x50, "MPEG", 0x55, "MP3");

    private static final int MAX_FORMAT_BYTES = 1 << 16;
    private static final int MAX_CHANNELS = 256;
    private static final Set<Long> STREAMED = Set.of(0xffff_ffffL, 0x8000_0000L);
    private static final long STREAMED_BY_SOX = 0x7fff_f000L;

    private static final double FULL_SCALE = 1.0 / 32768;
    private static final int BUFFER_FRAMES = 1 << 12;

    /** Chunks that may follow an empty data chunk, which is then not a stream. */
    private static final Set<String> KNOWN_CHUNKS =
            Set.of("LIST", "fact", "cue ", "id3 ", "bext", "JUNK", "PEAK", "smpl", "inst");

    private final DataFile file;
    private final DataInputStream in;
    private long left;

    /** @param left bytes that the file has at most */
    private WavFile(DataFile file, InputStream in, long left) {
        this.file = file;
        this.in = new DataInputStream(in);
        this.left = left;
    }

    /** What the format chunk says. */
    private record Format(boolean floating, int channels, int rate, int sampleBytes) {
        int frameBytes() {
            return channels * sampleBytes;
        }
    }

    /**
     * Reads a file.
     *
     * @throws TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it is none, is damaged, or of
     *     a kind that is not read
     */
    static Readings read(DataFile file) {
        try (InputStream in = file.open()) {
            return new WavFile(file, in, file.maxUnpackedBytes()).read();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private Readings read() throws IOException {
        byte[] riff = bytes(12);
        String kind = new String(riff, 0, 4, StandardCharsets.ISO_8859_1);
        if (kind.equals("RF64")) {
            throw file.invalid(" is an RF64 file, made for more than 4 GiB: split it into WAV files");
        }
        if (!kind.equals("RIFF") || !new String(riff, 8, 4, StandardCharsets.ISO_8859_1).equals("WAVE")) {
            throw file.invalid(" is no WAV file, which begins with RIFF and WAVE");
        }
        Format format = null;
        while (left > 0) {
            String id = new String(bytes(4), StandardCharsets.ISO_8859_1);
            long length = little(bytes(4)).getInt() & 0xffff_ffffL;
            if (id.equals("data")) {
                if (format == null) {
                    throw file.invalid(": its samples come before their format, it is damaged");
                }
                return samples(format, length);
            }
            if (length > left) {
                throw cutOff("chunk '" + CsvTable.shown(id) + "'", length);
            }
            if (id.equals("fmt ")) {
                format = format(bytes(boundedFormat(length)));
            } else {
                skip(length);
            }
            skip(Math.min(left, length & 1)); // chunks begin at even places; some writers forget it at the end
        }
        throw file.invalid(" holds no samples: it has no data chunk, it is cut off or damaged");
    }

    private int boundedFormat(long length) {
        if (length < 16 || length > MAX_FORMAT_BYTES) {
            throw file.invalid(": its format chunk has " + length + " bytes, 16 or more are usual: it is damaged");
        }
        return (int) length;
    }

    private Format format(byte[] chunk) {
        ByteBuffer in = little(chunk);
        int tag = in.getShort(0) & 0xffff;
        int channels = in.getShort(2) & 0xffff;
        int rate = in.getInt(4);
        int frameBytes = in.getShort(12) & 0xffff;
        int bits = in.getShort(14) & 0xffff;
        if (tag == EXTENSIBLE && chunk.length >= 26) {
            tag = in.getShort(24) & 0xffff;
        }
        if (tag != PCM && tag != FLOAT) {
            throw file.invalid(" holds " + COMPRESSED.getOrDefault(tag, "sound of format 0x" + Integer.toHexString(tag))
                    + ", not plain samples: convert it (ffmpeg -i in.wav -c:a pcm_s16le out.wav)");
        }
        if (channels < 1 || channels > MAX_CHANNELS || rate < 1) {
            throw file.invalid(": its format says " + channels + " channels at " + Integer.toUnsignedString(rate)
                    + " Hz: it is damaged");
        }
        int sampleBytes = frameBytes / channels;
        boolean possible = frameBytes % channels == 0
                && bits >= 1
                && bits <= 8 * sampleBytes
                && (tag == FLOAT ? sampleBytes == 4 || sampleBytes == 8 : sampleBytes >= 1 && sampleBytes <= 4);
        if (!possible) {
            throw file.invalid(": its format says " + bits + " bits in frames of " + frameBytes + " bytes, "
                    + channels + " channels ("
                    + (tag == FLOAT ? "floating point of 32 or 64" : "PCM of 8, 16, 24 or 32")
                    + " bits is read)");
        }
        return new Format(tag == FLOAT, channels, rate, sampleBytes);
    }

    private Readings samples(Format format, long length) throws IOException {
        boolean bySox = length <= STREAMED_BY_SOX && length > STREAMED_BY_SOX - format.frameBytes();
        boolean streamed = STREAMED.contains(length) || bySox || (length == 0 && left > 0 && !isChunkNext(left));
        if (!streamed && length > left) {
            throw cutOff("data chunk", length);
        }
        long bytes = streamed ? left : length;
        if (!streamed && bytes % format.frameBytes() != 0) {
            throw file.invalid(" ends in the middle of a sample: its " + bytes + " bytes are no multiple of "
                    + format.frameBytes() + ", it is damaged");
        }
        if (!file.isGzip() && bytes / format.sampleBytes() > MAX_SAMPLES) {
            throw tooLong();
        }
        Accumulator into = new Accumulator();
        byte[] buffer = new byte[BUFFER_FRAMES * format.frameBytes()];
        for (long done = 0; done < bytes; ) {
            int wanted = (int) Math.min(buffer.length, bytes - done);
            int n = in.readNBytes(buffer, 0, wanted);
            if (n < wanted && !streamed) {
                throw new EOFException();
            }
            decode(format, little(buffer), n - n % format.frameBytes(), into);
            if (into.size() > MAX_SAMPLES) {
                throw tooLong();
            }
            if (n < wanted) {
                break;
            }
            done += n;
        }
        List<String> names = channelNames(format.channels());
        return format.floating()
                ? Readings.ofValues(Readings.Kind.AUDIO, names, "", format.rate(), into.floats())
                : Readings.ofCounts(Readings.Kind.AUDIO, names, "", format.rate(), into.shorts(), FULL_SCALE);
    }

    private boolean isChunkNext(long available) throws IOException {
        if (available < 8 || !in.markSupported()) {
            return false;
        }
        in.mark(8);
        String id = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        in.reset();
        return KNOWN_CHUNKS.contains(id);
    }

    private void decode(Format format, ByteBuffer from, int bytes, Accumulator into) {
        for (int at = 0; at < bytes; at += format.sampleBytes()) {
            if (format.floating()) {
                double value = format.sampleBytes() == 4 ? from.getFloat(at) : from.getDouble(at);
                if (!Double.isFinite(value) || Math.abs(value) > Float.MAX_VALUE) {
                    throw file.invalid(
                            ": sample " + into.size() + " is " + value + ", which is no reading: it is damaged");
                }
                into.add((float) value);
            } else {
                into.add(pcm(from, at, format.sampleBytes()));
            }
        }
    }

    /** The upper 16 bits of a sample, rounded, halves upwards; 8 bits are unsigned. */
    private static short pcm(ByteBuffer from, int at, int sampleBytes) {
        return switch (sampleBytes) {
            case 1 -> (short) (((from.get(at) & 0xff) - 128) << 8);
            case 2 -> from.getShort(at);
            case 3 -> rounded((from.get(at) & 0xff) << 8 | from.getShort(at + 1) << 16);
            default -> rounded(from.getInt(at));
        };
    }

    private static short rounded(int sample) {
        return (short) Math.min(Short.MAX_VALUE, (sample >> 16) + (sample >> 15 & 1));
    }

    private static List<String> channelNames(int channels) {
        return switch (channels) {
            case 1 -> List.of("audio");
            case 2 -> List.of("left", "right");
            default ->
                IntStream.rangeClosed(1, channels)
                        .mapToObj(c -> String.format(Locale.ROOT, "channel%d", c))
                        .toList();
        };
    }

    private byte[] bytes(int count) throws IOException {
        byte[] read = in.readNBytes(count);
        if (read.length < count) {
            throw new EOFException();
        }
        left -= count;
        return read;
    }

    private void skip(long count) throws IOException {
        in.skipNBytes(count);
        left -= count;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private TinytuneException cutOff(String what, long length) {
        return file.invalid(": its " + what + " should have " + length + " bytes, but only " + left
                + " follow: it is cut off, record or copy it again");
    }

    private TinytuneException tooLong() {
        return file.invalid(" holds more than " + MAX_SAMPLES + " samples: split it");
    }
}
