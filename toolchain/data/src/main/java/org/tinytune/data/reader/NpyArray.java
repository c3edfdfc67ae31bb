package org.tinytune.data.reader;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.core.DecimalText;

/**
 * A NumPy array of numbers or texts, in C order whatever the file's. Python objects are refused: to load them is to run
 * them.
 *
 * <p>Source: numpy.lib.format, versions 1.0 to 3.0.
 */
final class NpyArray {
    /** The first bytes, as characters. */
    static final String MAGIC = "\u0093NUMPY";

    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final int MAX_VALUES = 1 << 27;
    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int BUFFER_ITEMS = 1 << 12;

    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z?])([0-9]*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    private final DataFile file;
    private final int[] shape;
    private final char type;
    private final int itemBytes;
    private final float[] numbers;
    private final List<String> texts;
    private List<String> channels = List.of();

    private NpyArray(DataFile file, int[] shape, char type, int itemBytes, float[] numbers, List<String> texts) {
        this.file = file;
        this.shape = shape;
        this.type = type;
        this.itemBytes = itemBytes;
        this.numbers = numbers;
        this.texts = texts;
    }

    /**
     * An array of numbers that comes from elsewhere.
     *
     * @param numbers finite, row-major, taken over
     */
    static NpyArray ofNumbers(DataFile file, int[] shape, float[] numbers) {
        return new NpyArray(file, shape, 'f', Float.BYTES, numbers, List.of());
    }

    /** An array of texts that comes from elsewhere. */
    static NpyArray ofTexts(DataFile file, List<String> texts) {
        return new NpyArray(file, new int[] {texts.size()}, 'U', 0, new float[0], texts);
    }

    /** The same with names of the elements along the last extent. */
    NpyArray withChannels(List<String> names) {
        NpyArray named = new NpyArray(file, shape, type, itemBytes, numbers, texts);
        named.channels = names;
        return named;
    }

    /**
     * The same with some of the elements along the last extent, in another order.
     *
     * @param wanted index of each
     */
    NpyArray elements(List<Integer> wanted) {
        int last = shape.length - 1;
        int all = shape[last];
        int[] extents = shape.clone();
        extents[last] = wanted.size();
        float[] some = new float[numbers.length / all * wanted.size()];
        for (int i = 0; i < some.length; i++) {
            some[i] = numbers[i / wanted.size() * all + wanted.get(i % wanted.size())];
        }
        return ofNumbers(file, extents, some);
    }

    /** Names of the elements along the last extent; empty if it does not say. */
    List<String> channels() {
        return channels;
    }

    /** Reads an array. */
    static NpyArray read(DataFile file) {
        try (DataInputStream in = new DataInputStream(file.open())) {
            byte[] begin = in.readNBytes(8);
            boolean known = begin.length == 8
                    && new String(begin, 0, 6, StandardCharsets.ISO_8859_1).equals(MAGIC)
                    && begin[6] >= 1
                    && begin[6] <= 3;
            if (!known) {
                throw file.invalid(" is no NumPy array of version 1 to 3");
            }
            int size = begin[6] == 1 ? Short.reverseBytes(in.readShort()) & 0xffff : Integer.reverseBytes(in.readInt());
            if (size < 0 || size > MAX_HEADER_BYTES) {
                throw file.invalid(": its header announces " + size + " bytes of itself: it is damaged");
            }
            byte[] header = new byte[size];
            in.readFully(header);
            return read(file, in, new String(header, StandardCharsets.UTF_8), 8 + (begin[6] == 1 ? 2 : 4) + size);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private static NpyArray read(DataFile file, InputStream in, String header, int headerBytes) throws IOException {
        Matcher type = TYPE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shapes = SHAPE.matcher(header);
        if (!type.find() || !order.find() || !shapes.find()) {
            throw file.invalid(
                    header.contains("'descr': [")
                            ? " is an array of records: save its columns as arrays of numbers"
                            : ": its header is damaged, or of a kind that is not read");
        }
        char kind = type.group(2).charAt(0);
        if (kind == 'O') {
            throw file.invalid(
                    " holds Python objects, which are not read, for to load them is to run them: save numbers"
                            + " (allow_pickle=False)");
        }
        int itemBytes = itemBytes(file, kind, type.group(3));
        int[] shape = shape(file, shapes.group(1));
        long items = items(file, shape);
        long announced = headerBytes + items * itemBytes;
        if (!file.isGzip() && announced != file.maxUnpackedBytes()) {
            throw file.invalid(" has " + file.maxUnpackedBytes() + " bytes, its header announces " + announced + " for "
                    + Arrays.toString(shape) + ": it is cut off or damaged");
        }
        ByteOrder bytes = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean fortran = order.group(1).equals("True");
        Reader reader = new Reader(file, kind, itemBytes, (int) items);
        reader.readAll(in, bytes);
        return new NpyArray(
                file,
                shape,
                kind,
                itemBytes,
                fortran ? inRowOrder(reader.numbers, shape) : reader.numbers,
                reader.texts);
    }

    private static int itemBytes(DataFile file, char kind, String digits) {
        String size = digits.length() > 6 ? "0" : digits.isEmpty() ? "1" : digits;
        int n = Integer.parseInt(size);
        boolean read = switch (kind) {
            case 'i', 'u' -> n == 1 || n == 2 || n == 4 || n == 8;
            case 'f' -> n == 2 || n == 4 || n == 8;
            case 'b', '?' -> n == 1;
            case 'U', 'S' -> n >= 1 && n <= MAX_TEXT_BYTES / 4;
            default -> false;
        };
        if (!read) {
            throw file.invalid(" holds elements of type '" + kind + digits
                    + "', which are not read: save integers, floating-point numbers or texts");
        }
        return kind == 'U' ? 4 * n : n;
    }

    private static int[] shape(DataFile file, String text) {
        List<Integer> dims = new ArrayList<>();
        for (String dim : text.replace("L", "").split(",", -1)) {
            if (!dim.isBlank()) {
                String digits = dim.strip();
                if (digits.length() > 9 || digits.contains(" ")) {
                    throw file.invalid(" announces a shape of (" + CsvTable.shown(text) + "), more than can be held");
                }
                dims.add(Integer.parseInt(digits));
            }
        }
        return dims.stream().mapToInt(i -> i).toArray();
    }

    private static long items(DataFile file, int[] shape) {
        long items = 1;
        for (int dim : shape) {
            items *= dim;
            if (items > MAX_VALUES) {
                throw file.invalid(" announces " + Arrays.toString(shape) + " values, one array may have " + MAX_VALUES
                        + ": split it");
            }
        }
        if (items == 0) {
            throw file.invalid(" is empty: its shape is " + Arrays.toString(shape));
        }
        return items;
    }

    /** Element after element, in the order of the file. */
    private static final class Reader {
        private final DataFile file;
        private final char kind;
        private final int itemBytes;
        private final int items;
        private final float[] numbers;
        private final List<String> texts = new ArrayList<>();

        Reader(DataFile file, char kind, int itemBytes, int items) {
            this.file = file;
            this.kind = kind;
            this.itemBytes = itemBytes;
            this.items = items;
            this.numbers = new float[kind == 'U' || kind == 'S' ? 0 : items];
        }

        void readAll(InputStream in, ByteOrder order) throws IOException {
            byte[] buffer = new byte[Math.min(items, BUFFER_ITEMS) * itemBytes];
            for (int done = 0; done < items; ) {
                int count = Math.min(BUFFER_ITEMS, items - done);
                if (in.readNBytes(buffer, 0, count * itemBytes) < count * itemBytes) {
                    throw file.invalid(" ends too early: it is cut off, get it again");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer).order(order);
                for (int i = 0; i < count; i++, done++) {
                    if (kind == 'U' || kind == 'S') {
                        texts.add(text(bytes, i * itemBytes));
                    } else {
                        numbers[done] = number(bytes, i * itemBytes, done);
                    }
                }
            }
        }

        private float number(ByteBuffer in, int at, int position) {
            double value = switch (kind) {
                case 'i' -> signed(in, at);
                case 'u' -> unsigned(in, at);
                case 'f' -> floating(in, at);
                default -> in.get(at) == 0 ? 0 : 1;
            };
            if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                throw file.invalid(": element " + position + " is " + value + ", which is no reading (fill the gap)");
            }
            return (float) value;
        }

        private double signed(ByteBuffer in, int at) {
            return switch (itemBytes) {
                case 1 -> in.get(at);
                case 2 -> in.getShort(at);
                case 4 -> in.getInt(at);
                default -> in.getLong(at);
            };
        }

        private double unsigned(ByteBuffer in, int at) {
            return switch (itemBytes) {
                case 1 -> in.get(at) & 0xff;
                case 2 -> in.getShort(at) & 0xffff;
                case 4 -> in.getInt(at) & 0xffff_ffffL;
                default -> {
                    long value = in.getLong(at);
                    yield value >= 0 ? value : 2.0 * (value >>> 1);
                }
            };
        }

        private double floating(ByteBuffer in, int at) {
            return switch (itemBytes) {
                case 2 -> half(in.getShort(at));
                case 4 -> in.getFloat(at);
                default -> in.getDouble(at);
            };
        }

        /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
        private static double half(short bits) {
            int exponent = bits >> 10 & 0x1f;
            int fraction = bits & 0x3ff;
            double magnitude = exponent == 0
                    ? fraction * 0x1p-24
                    : exponent == 31
                            ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                            : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
            return bits < 0 ? -magnitude : magnitude;
        }

        private String text(ByteBuffer in, int at) {
            StringBuilder text = new StringBuilder();
            for (int i = at; i < at + itemBytes; i += kind == 'U' ? 4 : 1) {
                int c = kind == 'U' ? in.getInt(i) : in.get(i) & 0xff;
                if (c == 0) {
                    break;
                }
                text.appendCodePoint(Character.isValidCodePoint(c) ? c : '?');
            }
            return text.toString();
        }
    }

    /** From column order, in which the first index runs fastest. */
    private static float[] inRowOrder(float[] columns, int[] shape) {
        float[] rows = new float[columns.length];
        int[] index = new int[shape.length];
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int d = 0; d < shape.length; d++) {
            strides[d] = stride;
            stride *= shape[d];
        }
        for (int i = 0; i < rows.length; i++) {
            int at = 0;
            for (int d = 0; d < shape.length; d++) {
                at += index[d] * strides[d];
            }
            rows[i] = columns[at];
            for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return rows;
    }

    /** The file that it comes from. */
    DataFile file() {
        return file;
    }

    /** Its extents. */
    int[] shape() {
        return shape.clone();
    }

    /** The first extent. */
    int length() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /** Whether its elements are int16. */
    boolean isInt16() {
        return type == 'i' && itemBytes == 2;
    }

    boolean isText() {
        return type == 'U' || type == 'S';
    }

    /** All elements, row-major; not to be written to. */
    float[] numbers() {
        if (isText()) {
            throw file.invalid(" holds texts, where numbers are needed");
        }
        return numbers;
    }

    /** An element as a label: a text, or a number without needless zeros. */
    String label(int i) {
        if (isText()) {
            return texts.get(i);
        }
        float value = numbers[i];
        return value == (int) value ? Integer.toString((int) value) : DecimalText.of(value);
    }
}
