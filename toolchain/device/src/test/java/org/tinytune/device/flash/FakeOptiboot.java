package org.tinytune.device.flash;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.tinytune.device.serial.FakeSerialLink;

/** A bootloader as optiboot is, with the memory that it writes. */
final class FakeOptiboot implements FakeSerialLink.Device {
    private static final byte IN_SYNC = 0x14;
    private static final byte OK = 0x10;

    final byte[] flash = new byte[32_768];
    boolean started;
    int deafResets;
    int stuckAddress = -1;
    byte[] signature = {0x1E, (byte) 0x95, 0x0F};

    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private boolean listening;
    private int address;

    FakeOptiboot() {
        Arrays.fill(flash, (byte) 0xFF);
    }

    @Override
    public void reset(FakeSerialLink line) {
        command.reset();
        listening = deafResets-- <= 0;
        started = false;
    }

    @Override
    public void receive(byte b, FakeSerialLink line) {
        if (!listening) {
            return;
        }
        command.write(b);
        byte[] bytes = command.toByteArray();
        if (bytes.length == length(bytes)) {
            command.reset();
            obey(bytes, line);
        }
    }

    /** Bytes of the command that begins so, its closing byte included. */
    private static int length(byte[] bytes) {
        return switch (bytes[0]) {
            case 0x55 -> 4;
            case 0x64 -> bytes.length < 3 ? Integer.MAX_VALUE : 5 + pageBytes(bytes);
            case 0x74 -> 5;
            default -> 2;
        };
    }

    private static int pageBytes(byte[] bytes) {
        return Byte.toUnsignedInt(bytes[1]) << 8 | Byte.toUnsignedInt(bytes[2]);
    }

    private void obey(byte[] bytes, FakeSerialLink line) {
        line.send(IN_SYNC);
        switch (bytes[0]) {
            case 0x55 -> address = 2 * (Byte.toUnsignedInt(bytes[1]) | Byte.toUnsignedInt(bytes[2]) << 8);
            case 0x64 -> {
                System.arraycopy(bytes, 4, flash, address, pageBytes(bytes));
                if (stuckAddress >= 0) {
                    flash[stuckAddress] = 0;
                }
            }
            case 0x74 -> line.send(Arrays.copyOfRange(flash, address, address + pageBytes(bytes)));
            case 0x75 -> line.send(signature);
            case 0x51 -> started = true;
            default -> {
                // Sync and entering programming mode need nothing done.
            }
        }
        line.send(OK);
    }
}
