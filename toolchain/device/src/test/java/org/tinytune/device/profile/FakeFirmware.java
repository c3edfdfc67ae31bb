package org.tinytune.device.profile;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.tinytune.device.serial.FakeSerialLink;

/** The profiling firmware around a model whose output is its input backwards. */
final class FakeFirmware implements FakeSerialLink.Device {
    private final String boardId;
    private final String modelHash;
    private final StringBuilder command = new StringBuilder();
    private final StringBuilder input = new StringBuilder();
    private int expectedDigits;
    int runs;
    int runsUntilSilence = Integer.MAX_VALUE;
    boolean booted = true;

    FakeFirmware(String boardId, String modelHash) {
        this.boardId = boardId;
        this.modelHash = modelHash;
    }

    @Override
    public void receive(byte b, FakeSerialLink line) {
        if (b != '%') {
            command.append((char) b);
            return;
        }
        String text = command.toString();
        command.setLength(0);
        if (!booted) {
            booted = true;
            say(line, "m-timestamp-mode-performance", "m-init-done", "m-ready");
        } else if (runs < runsUntilSilence) {
            obey(text, line);
            say(line, "m-ready");
        }
    }

    private void obey(String text, FakeSerialLink line) {
        if (text.equals("name")) {
            say(line, "m-name-dut-[" + boardId + "]");
        } else if (text.equals("profile")) {
            say(line, "m-profile-[fake]", "m-model-[" + modelHash + "]");
        } else if (text.equals("memory")) {
            say(line, "m-arena-80", "m-static-107", "m-stack-41");
        } else if (text.startsWith("db load ")) {
            expectedDigits = 2 * Integer.parseInt(text.substring(8));
            input.setLength(0);
            say(line, "m-[Expecting " + expectedDigits / 2 + " bytes]");
        } else if (text.startsWith("db ")) {
            input.append(text.substring(3));
            if (input.length() == expectedDigits) {
                say(line, "m-load-done");
            }
        } else if (text.equals("run")) {
            runs++;
            byte[] bytes = HexFormat.of().parseHex(input);
            byte[] output = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                output[i] = bytes[bytes.length - 1 - i];
            }
            say(line, "m-ticks-" + (1000 + runs), "m-output-" + HexFormat.of().formatHex(output));
        } else {
            say(line, "e-[Unknown command: " + text + "]");
        }
    }

    private static void say(FakeSerialLink line, String... lines) {
        for (String text : lines) {
            line.send((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
