package org.tinytune.device.serial;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import jssc.SerialPort;
import jssc.SerialPortException;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * A serial line of this machine, through jSSC.
 *
 * <p>A pseudo-terminal works as well: it has no modem lines and no baud rate, which jSSC tells by {@code false} from
 * {@code setParams} and {@code setDTR}, and its data flows all the same.
 */
public final class JsscSerialLink implements SerialLink {
    private static final long POLL_NANOS = 100_000;

    /** Long enough for the capacitor between DTR and the reset pin. Source: avrdude:src/arduino.c. */
    private static final Duration PULSE = Duration.ofMillis(250);

    private static final Duration SETTLE = Duration.ofMillis(50);

    private final SerialPort serial;
    private final int baud;

    private JsscSerialLink(SerialPort serial, int baud) {
        this.serial = serial;
        this.baud = baud;
    }

    /**
     * Opens a line.
     *
     * @param port e.g. {@code /dev/ttyACM0}, {@code COM3}, or a pseudo-terminal
     * @param baud bits per second
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if it is not there, in use or not allowed
     */
    public static JsscSerialLink open(String port, int baud) {
        JsscSerialLink link = new JsscSerialLink(new SerialPort(port), baud);
        try {
            link.open();
        } catch (SerialPortException e) {
            throw new TinytuneException(ExitCode.DEVICE_NOT_FOUND, port + ": " + reason(e), e);
        }
        return link;
    }

    private static String reason(SerialPortException e) {
        return switch (e.getExceptionType()) {
            case SerialPortException.TYPE_PORT_NOT_FOUND -> "no such port (is the board plugged in?)";
            case SerialPortException.TYPE_PORT_BUSY -> "the port is in use (close the other program)";
            case SerialPortException.TYPE_PERMISSION_DENIED ->
                "no permission (add yourself to the group of the port, often `dialout`, and log in again)";
            case SerialPortException.TYPE_INCORRECT_SERIAL_PORT -> "not a serial port";
            default -> "cannot be opened: " + e.getExceptionType();
        };
    }

    private void open() throws SerialPortException {
        serial.openPort();
        serial.setParams(baud, SerialPort.DATABITS_8, SerialPort.STOPBITS_1, SerialPort.PARITY_NONE);
    }

    @Override
    public String port() {
        return serial.getPortName();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        call(() -> serial.writeBytes(bytes));
    }

    @Override
    public byte[] read(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (call(serial::getInputBufferBytesCount) == 0) {
            if (System.nanoTime() - deadline >= 0) {
                return new byte[0];
            }
            LockSupport.parkNanos(POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new TinytuneException(ExitCode.INTERRUPTED, port() + ": interrupted");
            }
        }
        return call(serial::readBytes);
    }

    @Override
    public void discardInput() throws IOException {
        call(() -> serial.purgePort(SerialPort.PURGE_RXCLEAR));
    }

    @Override
    public void resetBoard() throws IOException {
        call(() -> {
            boolean hasModemLines = serial.setDTR(false);
            if (hasModemLines) {
                serial.setRTS(false);
                sleep(PULSE);
                serial.setDTR(true);
                serial.setRTS(true);
            } else {
                serial.closePort();
                sleep(PULSE);
                open();
            }
            sleep(SETTLE);
            return serial.purgePort(SerialPort.PURGE_RXCLEAR);
        });
    }

    @Override
    public void close() {
        try {
            serial.closePort();
        } catch (SerialPortException e) {
            // A line that is gone is closed already.
            System.getLogger(JsscSerialLink.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
        }
    }

    private interface PortCall<T> {
        T run() throws SerialPortException;
    }

    private <T> T call(PortCall<T> portCall) throws IOException {
        try {
            return portCall.run();
        } catch (SerialPortException e) {
            throw new IOException(port() + ": the line is gone: " + e.getExceptionType(), e);
        }
    }

    private static void sleep(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
