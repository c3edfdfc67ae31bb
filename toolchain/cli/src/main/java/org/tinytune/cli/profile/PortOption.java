package org.tinytune.cli.profile;

import picocli.CommandLine.Option;

/** Where a command measures. A picocli mixin. */
public final class PortOption {
    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The board's serial port, as in /dev/ttyACM0 or COM3 (default: an emulated board).")
    private String port;

    /** The board at the port, or an emulated one if the user named none. */
    public ProfileTarget target() {
        return ProfileTarget.of(port);
    }
}
