package org.tinytune.device.serial;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** An open serial line, 8N1. Used by one thread at a time. */
public interface SerialLink extends Closeable {

    /** What the user calls it, e.g. {@code /dev/ttyACM0}. */
    String port();

    /**
     * Sends bytes. What is sent before the other side answers is to stay below 4096 bytes, so that it never blocks.
     *
     * @throws IOException if the line is gone
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Takes what has come in, waiting for the first byte of it.
     *
     * @param timeout the longest wait
     * @return at least one byte, or none when the time is over
     * @throws IOException if the line is gone
     */
    byte[] read(Duration timeout) throws IOException;

    /**
     * Drops what has come in and was not read.
     *
     * @throws IOException if the line is gone
     */
    void discardInput() throws IOException;

    /**
     * Resets the board, which takes about a third of a second: by a pulse of DTR and RTS, or, on a line without them,
     * by closing and opening it.
     *
     * @throws IOException if the line is gone
     */
    void resetBoard() throws IOException;

    @Override
    void close();
}
