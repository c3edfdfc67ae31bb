package org.tinytune.device.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.tinytune.device.serial.LinkReader;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.device.serial.SilenceException;

/** A conversation with the profiling firmware. */
public final class DeviceSession {
    private static final String READY = "m-ready";

    /**
     * Bytes of input that one {@code db} command carries: in hex they stay below what a line takes without blocking.
     */
    private static final int INPUT_BYTES_A_COMMAND = 512;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    /** A thousand characters go before the answer, which take an emulator on a busy machine some seconds. */
    private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration GREETING_TIMEOUT = Duration.ofMillis(400);
    private static final int GREETINGS = 12;

    private final SerialLink link;
    private final LinkReader reader;
    private final Duration inferenceTimeout;
    private final String boardId;
    private final String modelHash;

    private DeviceSession(SerialLink link, Duration inferenceTimeout) throws IOException {
        this.link = link;
        this.reader = new LinkReader(link);
        this.inferenceTimeout = inferenceTimeout;
        greet();
        this.boardId = bracketed(command("name", ANSWER_TIMEOUT), "m-name-dut-[");
        this.modelHash = bracketed(command("profile", ANSWER_TIMEOUT), "m-model-[");
    }

    /**
     * Waits for the firmware and asks who it is. A bootloader that is still waiting for a host takes the greeting for
     * nonsense and starts the firmware.
     *
     * @param inferenceTimeout for one inference later on
     * @throws SilenceException if no firmware of ours answers within five seconds
     * @throws IOException if the line is gone
     */
    public static DeviceSession connect(SerialLink link, Duration inferenceTimeout) throws IOException {
        return new DeviceSession(link, inferenceTimeout);
    }

    /**
     * Says words that are no commands, each another, until the firmware complains of the last one: then it is there,
     * and no answer to anything earlier is still under way.
     */
    private void greet() throws IOException {
        for (int greeting = 1; greeting <= GREETINGS; greeting++) {
            String word = "host" + greeting;
            link.write((word + "%").getBytes(StandardCharsets.US_ASCII));
            if (complainsOf(word)) {
                return;
            }
        }
        throw new SilenceException(link.port() + ": no firmware answers");
    }

    private boolean complainsOf(String word) throws IOException {
        long deadline = System.nanoTime() + GREETING_TIMEOUT.toNanos();
        boolean complained = false;
        try {
            while (true) {
                String line = reader.line(Duration.ofNanos(deadline - System.nanoTime()));
                if (complained && line.equals(READY)) {
                    return true;
                }
                complained |= line.startsWith("e-[Unknown command: ") && line.endsWith(word + "]");
            }
        } catch (SilenceException e) {
            return false;
        }
    }

    /** The id of the board that the firmware was built for. */
    public String boardId() {
        return boardId;
    }

    /** The hash of the model in the firmware. */
    public String modelHash() {
        return modelHash;
    }

    /**
     * Writes the model's input tensor.
     *
     * @throws GarbledAnswerException if the firmware refuses it
     * @throws SilenceException if it does not answer
     * @throws IOException if the line is gone
     */
    public void load(byte[] input) throws IOException {
        List<String> opened = command("db load " + input.length, ANSWER_TIMEOUT);
        value(opened, "m-[Expecting ");
        List<String> answer = List.of();
        for (int at = 0; at < input.length; at += INPUT_BYTES_A_COMMAND) {
            int end = Math.min(input.length, at + INPUT_BYTES_A_COMMAND);
            answer = command("db " + HexFormat.of().formatHex(input, at, end), LOAD_TIMEOUT);
        }
        value(answer, "m-load-done");
    }

    /**
     * Runs one inference on what was loaded. The input may not be there any more afterwards.
     *
     * @throws GarbledAnswerException if the answer is not one
     * @throws SilenceException if there is none
     * @throws IOException if the line is gone
     */
    public Inference run() throws IOException {
        List<String> answer = command("run", inferenceTimeout);
        List<Long> crcs = new ArrayList<>();
        for (String line : answer) {
            if (line.startsWith("m-op-" + crcs.size() + "-crc-")) {
                crcs.add(number(line.substring(line.lastIndexOf('-') + 1)));
            }
        }
        return new Inference(number(value(answer, "m-ticks-")), hex(value(answer, "m-output-")), List.copyOf(crcs));
    }

    /**
     * Asks for the RAM's figures.
     *
     * @throws GarbledAnswerException if the answer is not one
     * @throws SilenceException if there is none
     * @throws IOException if the line is gone
     */
    public DeviceMemory memory() throws IOException {
        List<String> answer = command("memory", ANSWER_TIMEOUT);
        return new DeviceMemory(
                Math.toIntExact(number(value(answer, "m-arena-"))),
                Math.toIntExact(number(value(answer, "m-static-"))),
                Math.toIntExact(number(value(answer, "m-stack-"))));
    }

    /** Sends a command and gives the lines before {@code m-ready}. */
    private List<String> command(String command, Duration timeout) throws IOException {
        reader.discard();
        link.write((command + "%").getBytes(StandardCharsets.US_ASCII));
        List<String> lines = new ArrayList<>();
        for (String line = reader.line(timeout); !line.equals(READY); line = reader.line(timeout)) {
            lines.add(line);
        }
        return lines;
    }

    private String value(List<String> lines, String prefix) throws GarbledAnswerException {
        for (String line : lines) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw garbled(lines.toString());
    }

    private String bracketed(List<String> lines, String prefix) throws GarbledAnswerException {
        String rest = value(lines, prefix);
        if (!rest.endsWith("]")) {
            throw garbled(rest);
        }
        return rest.substring(0, rest.length() - 1);
    }

    private long number(String text) throws GarbledAnswerException {
        if (!text.matches("[0-9]{1,10}")) {
            throw garbled(text);
        }
        return Long.parseLong(text);
    }

    private byte[] hex(String text) throws GarbledAnswerException {
        if (!text.matches("([0-9a-f]{2})+")) {
            throw garbled(text);
        }
        return HexFormat.of().parseHex(text);
    }

    private GarbledAnswerException garbled(String what) {
        return new GarbledAnswerException(link.port() + ": garbled answer: " + printable(what));
    }

    private static String printable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        String start = new String(Arrays.copyOf(bytes, Math.min(bytes.length, 80)), StandardCharsets.US_ASCII);
        return start.replaceAll("[^ -~]", "?");
    }
}
