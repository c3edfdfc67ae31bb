package org.tinytune.device.flash;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.Progress;
import org.tinytune.device.serial.LinkReader;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.device.serial.SilenceException;

/**
 * Writes flash through a bootloader that speaks version 1 of STK500, as optiboot does.
 *
 * <p>Every command ends with {@code CRC_EOP} and is answered by {@code INSYNC}, data if any, and {@code OK}. Every page
 * is read back after all are written.
 *
 * <p>Source: Atmel AVR061, STK500 Communication Protocol; optiboot:optiboot/bootloaders/optiboot/optiboot.c for what is
 * left of it there.
 */
public final class Stk500v1 {
    private static final byte GET_SYNC = 0x30;
    private static final byte ENTER_PROGRAMMING = 0x50;
    private static final byte LEAVE_PROGRAMMING = 0x51;
    private static final byte LOAD_ADDRESS = 0x55;
    private static final byte PROGRAM_PAGE = 0x64;
    private static final byte READ_PAGE = 0x74;
    private static final byte READ_SIGNATURE = 0x75;
    private static final byte CRC_EOP = 0x20;
    private static final byte IN_SYNC = 0x14;
    private static final byte OK = 0x10;
    private static final byte FLASH_MEMORY = 'F';

    /** A bootloader waits about a second for us after a reset. */
    private static final int RESETS = 3;

    private static final int SYNCS_PER_RESET = 4;
    private static final Duration SYNC_TIMEOUT = Duration.ofMillis(250);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private final SerialLink link;
    private final LinkReader reader;
    private final Board board;

    /**
     * @param link to the board, at the bootloader's rate
     * @param board says the flash's size, page and signature
     */
    public Stk500v1(SerialLink link, Board board) {
        this.link = link;
        this.reader = new LinkReader(link);
        this.board = board;
    }

    /**
     * Resets the board into its bootloader, writes the image, compares what is read back, and starts it.
     *
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if no bootloader answers, with
     *     {@link ExitCode#FLASH_FAILED} if it is another chip's, or what it wrote is not what was sent, with
     *     {@link ExitCode#DOES_NOT_FIT} if the image reaches into the bootloader
     */
    public void flash(FlashImage image, Progress progress) {
        long limit = board.memory().flashOrigin() + board.memory().flashBudgetBytes();
        if (image.end() > limit) {
            throw new TinytuneException(
                    ExitCode.DOES_NOT_FIT,
                    "image ends at byte " + image.end() + ", " + board.id() + " has " + limit + " B of flash for it");
        }
        synchronize();
        try {
            checkSignature();
            command(ENTER_PROGRAMMING);
            writeAndVerify(image, progress);
            command(LEAVE_PROGRAMMING);
        } catch (IOException e) {
            throw failed("the bootloader stopped answering (check the cable and flash again)", e);
        }
    }

    private void synchronize() {
        try {
            for (int reset = 0; reset < RESETS; reset++) {
                link.resetBoard();
                for (int attempt = 0; attempt < SYNCS_PER_RESET; attempt++) {
                    if (answersSync()) {
                        if (attempt > 0) {
                            awaitSilence();
                        }
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.DEVICE_NOT_FOUND, link.port() + ": the line is gone", e);
        }
        throw new TinytuneException(
                ExitCode.DEVICE_NOT_FOUND,
                link.port() + ": no bootloader answers (is it " + board.name()
                        + "? press its reset button and try again)");
    }

    /** One attempt; what else is on the line, such as an answer to an earlier attempt, is dropped. */
    private boolean answersSync() throws IOException {
        reader.discard();
        link.write(new byte[] {GET_SYNC, CRC_EOP});
        try {
            boolean inSync = Arrays.equals(reader.exactly(2, SYNC_TIMEOUT), new byte[] {IN_SYNC, OK});
            reader.discard();
            return inSync;
        } catch (SilenceException e) {
            return false;
        }
    }

    /** Lets the answers to earlier attempts go by, which would be taken for those to the next commands. */
    private void awaitSilence() throws IOException {
        while (link.read(SYNC_TIMEOUT).length > 0) {
            reader.discard();
        }
    }

    private void checkSignature() throws IOException {
        byte[] answer = command(3, READ_SIGNATURE);
        int signature = Byte.toUnsignedInt(answer[0]) << 16
                | Byte.toUnsignedInt(answer[1]) << 8
                | Byte.toUnsignedInt(answer[2]);
        if (signature != board.flash().signature()) {
            throw failed(
                    String.format(
                            Locale.ROOT,
                            "the chip's signature is 0x%06x, that of %s is 0x%06x (choose another --board)",
                            signature,
                            board.mcu().name(),
                            board.flash().signature()),
                    null);
        }
    }

    private void writeAndVerify(FlashImage image, Progress progress) throws IOException {
        int pageBytes = board.flash().pageBytes();
        int first = image.origin() - image.origin() % pageBytes;
        int pages = (image.end() - first + pageBytes - 1) / pageBytes;
        for (int page = 0; page < pages; page++) {
            int address = first + page * pageBytes;
            writePage(address, image.slice(address, address + pageBytes));
            progress.update(page + 1, 2 * pages);
        }
        for (int page = 0; page < pages; page++) {
            int address = first + page * pageBytes;
            verifyPage(address, image.slice(address, address + pageBytes));
            progress.update(pages + page + 1, 2 * pages);
        }
    }

    private void writePage(int address, byte[] page) throws IOException {
        loadAddress(address);
        byte[] command = Arrays.copyOf(pageCommand(PROGRAM_PAGE, page.length), 4 + page.length);
        System.arraycopy(page, 0, command, 4, page.length);
        command(command);
    }

    private void verifyPage(int address, byte[] page) throws IOException {
        loadAddress(address);
        byte[] read = command(page.length, pageCommand(READ_PAGE, page.length));
        int differing = Arrays.mismatch(page, read);
        if (differing >= 0) {
            throw failed(
                    String.format(
                            Locale.ROOT,
                            "byte 0x%04x reads back as 0x%02x, 0x%02x was written (flash again)",
                            address + differing,
                            read[differing],
                            page[differing]),
                    null);
        }
    }

    /** The address is one of 16-bit words, low byte first. */
    private void loadAddress(int address) throws IOException {
        int word = address / 2;
        command(LOAD_ADDRESS, (byte) word, (byte) (word >> 8));
    }

    private static byte[] pageCommand(byte command, int bytes) {
        return new byte[] {command, (byte) (bytes >> 8), (byte) bytes, FLASH_MEMORY};
    }

    private void command(byte... command) throws IOException {
        command(0, command);
    }

    /** Sends a command and gives the data of its answer. */
    private byte[] command(int answerBytes, byte... command) throws IOException {
        byte[] closed = Arrays.copyOf(command, command.length + 1);
        closed[command.length] = CRC_EOP;
        link.write(closed);
        byte[] answer = reader.exactly(answerBytes + 2, ANSWER_TIMEOUT);
        if (answer[0] != IN_SYNC || answer[answer.length - 1] != OK) {
            throw failed(
                    String.format(Locale.ROOT, "garbled answer to command 0x%02x (flash again)", command[0]), null);
        }
        return Arrays.copyOfRange(answer, 1, answer.length - 1);
    }

    private TinytuneException failed(String what, Throwable cause) {
        return new TinytuneException(ExitCode.FLASH_FAILED, link.port() + ": " + what, cause);
    }
}
