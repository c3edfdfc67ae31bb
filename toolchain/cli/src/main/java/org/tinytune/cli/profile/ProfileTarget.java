package org.tinytune.cli.profile;

/** Where a profile is taken. */
public sealed interface ProfileTarget {

    /** A board at a serial port of this machine, which may be emulated. */
    record Port(String name) implements ProfileTarget {}

    /** An emulated board that lives as long as the profile takes. */
    record Emulated() implements ProfileTarget {}

    /** The board at a serial port; an emulated one for null. */
    static ProfileTarget of(String port) {
        return port == null ? new Emulated() : new Port(port);
    }
}
