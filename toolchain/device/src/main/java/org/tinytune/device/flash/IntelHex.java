package org.tinytune.device.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * Reads Intel HEX files.
 *
 * <p>Source: Intel, Hexadecimal Object File Format Specification, revision A (1988).
 */
public final class IntelHex {
    /** No flash that is written this way is larger; a file that claims more is damaged. */
    private static final int MAX_SPAN_BYTES = 1 << 24;

    private static final int OVERHEAD_BYTES = 5;
    private static final int DATA = 0;
    private static final int END_OF_FILE = 1;
    private static final int EXTENDED_SEGMENT_ADDRESS = 2;
    private static final int START_SEGMENT_ADDRESS = 3;
    private static final int EXTENDED_LINEAR_ADDRESS = 4;
    private static final int START_LINEAR_ADDRESS = 5;

    private final String name;
    private final Map<Integer, byte[]> records = new TreeMap<>();
    private int base;
    private boolean ended;

    private IntelHex(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT}, file and line if it cannot be read or is damaged
     */
    public static FlashImage read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, file + ": no such file", e);
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.INVALID_INPUT, file + ": cannot be read: " + e.getMessage(), e);
        }
        return parse(file.toString(), lines);
    }

    /**
     * Reads the lines of a file.
     *
     * @param name of the file, for messages
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if they are damaged
     */
    public static FlashImage parse(String name, List<String> lines) {
        IntelHex hex = new IntelHex(name);
        for (int i = 0; i < lines.size() && !hex.ended; i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                hex.take(line, i + 1);
            }
        }
        if (!hex.ended) {
            throw hex.damaged(lines.size(), "the file is cut, its end record is missing");
        }
        return hex.image(lines.size());
    }

    private void take(String line, int number) {
        if (!line.startsWith(":")) {
            throw damaged(number, "not an Intel HEX record");
        }
        byte[] record;
        try {
            record = HexFormat.of().parseHex(line, 1, line.length());
        } catch (IllegalArgumentException e) {
            throw damaged(number, "not hexadecimal");
        }
        if (record.length < OVERHEAD_BYTES || record.length != OVERHEAD_BYTES + Byte.toUnsignedInt(record[0])) {
            throw damaged(number, "the record's length is wrong");
        }
        int sum = 0;
        for (byte b : record) {
            sum += b;
        }
        if ((sum & 0xFF) != 0) {
            throw damaged(number, "the checksum is wrong");
        }
        byte[] data = Arrays.copyOfRange(record, OVERHEAD_BYTES - 1, record.length - 1);
        interpret(record[3], unsigned16(record, 1), data, number);
    }

    private void interpret(int type, int offset, byte[] data, int number) {
        switch (type) {
            case DATA -> records.put(base + offset, data);
            case END_OF_FILE -> ended = true;
            case EXTENDED_SEGMENT_ADDRESS -> base = address(data, number) << 4;
            case EXTENDED_LINEAR_ADDRESS -> base = address(data, number) << 16;
            case START_SEGMENT_ADDRESS, START_LINEAR_ADDRESS -> {
                // Where a program starts does not matter to flash.
            }
            default -> throw damaged(number, "unknown record type " + type);
        }
    }

    private int address(byte[] data, int number) {
        if (data.length != 2) {
            throw damaged(number, "the record's length is wrong");
        }
        return unsigned16(data, 0);
    }

    private FlashImage image(int lines) {
        int origin = Integer.MAX_VALUE;
        int end = 0;
        for (Map.Entry<Integer, byte[]> record : records.entrySet()) {
            origin = Math.min(origin, record.getKey());
            end = Math.max(end, record.getKey() + record.getValue().length);
        }
        if (origin < 0 || end <= origin || end - origin > MAX_SPAN_BYTES) {
            throw damaged(lines, "the addresses are out of range, or there is no data");
        }
        byte[] bytes = new byte[end - origin];
        Arrays.fill(bytes, FlashImage.ERASED);
        for (Map.Entry<Integer, byte[]> record : records.entrySet()) {
            byte[] data = record.getValue();
            System.arraycopy(data, 0, bytes, record.getKey() - origin, data.length);
        }
        return new FlashImage(origin, bytes);
    }

    private TinytuneException damaged(int line, String what) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                name + ":" + line + ": " + what + " (make the file again with `tinytune build`)");
    }

    private static int unsigned16(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
    }
}
