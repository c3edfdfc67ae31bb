package org.tinytune.core.tool;

import java.util.List;

/** The external tools that some commands use. None is needed for a search, an export or a simulation. */
public final class Tools {
    /** Builds tinytune itself. */
    public static final Tool MAVEN = Tool.command("mvn", "to build tinytune from its sources", "maven");

    /** Compiles the emulator's host program, and checks generated C on the host. */
    public static final Tool GCC = Tool.command("gcc", "to compile the Uno's emulator", "gcc", "libc6-dev");

    /** What that compiler cannot do without. */
    public static final Tool LIBC =
            Tool.file("libc headers", "to compile the Uno's emulator", "libc6-dev", "/usr/include/stdio.h");

    /** Compiles firmware for Cortex-M. */
    public static final Tool ARM_GCC = Tool.command(
            "arm-none-eabi-gcc", "to build Cortex-M firmware", "gcc-arm-none-eabi", "libnewlib-arm-none-eabi");

    /** The C library of that firmware. */
    public static final Tool NEWLIB = Tool.file(
            "newlib",
            "to build Cortex-M firmware",
            "libnewlib-arm-none-eabi",
            "/usr/lib/arm-none-eabi/newlib/libc_nano.a",
            "/usr/arm-none-eabi/lib/libc_nano.a");

    /** Emulates Cortex-M boards. */
    public static final Tool QEMU_ARM =
            Tool.command("qemu-system-arm", "to emulate Cortex-M boards", "qemu-system-arm");

    /** Compiles firmware for AVR. */
    public static final Tool AVR_GCC = Tool.command("avr-gcc", "to build AVR firmware", "gcc-avr", "avr-libc");

    /** The C library of that firmware. */
    public static final Tool AVR_LIBC = Tool.file(
            "avr-libc",
            "to build AVR firmware",
            "avr-libc",
            "/usr/lib/avr/include/avr/io.h",
            "/usr/avr/include/avr/io.h");

    /** Emulates AVR boards. It is under the GPL, so its users compile against it; nothing of it is shipped. */
    public static final Tool SIMAVR = Tool.file(
            "libsimavr",
            "to emulate AVR boards",
            "libsimavr-dev",
            "/usr/include/simavr/sim_avr.h",
            "/usr/local/include/simavr/sim_avr.h");

    /** Holds ELF files for libsimavr. */
    public static final Tool LIBELF = Tool.file(
            "libelf", "to emulate AVR boards", "libelf-dev", "/usr/include/libelf.h", "/usr/local/include/libelf.h");

    /** The bootloaders of Arduino's AVR boards: a folder. */
    public static final Tool ARDUINO_BOOTLOADERS = Tool.file(
            "Arduino bootloaders",
            "to emulate AVR boards as they are sold",
            "arduino-core-avr",
            "/usr/share/arduino/hardware/arduino/avr/bootloaders");

    /** Flashes AVR boards; tests hold our own flashing against it. */
    public static final Tool AVRDUDE = Tool.command("avrdude", "to check our flashing, in tests", "avrdude");

    /** 70,000 labelled images: a folder. */
    public static final Tool FASHION_MNIST = Tool.file(
            "Fashion-MNIST",
            "as a data set to search on",
            "dataset-fashion-mnist",
            "/usr/share/datasets/fashion-mnist");

    /** All of them, in the order in which a report lists them. */
    public static final List<Tool> ALL = List.of(
            MAVEN,
            ARM_GCC,
            NEWLIB,
            QEMU_ARM,
            AVR_GCC,
            AVR_LIBC,
            GCC,
            LIBC,
            SIMAVR,
            LIBELF,
            ARDUINO_BOOTLOADERS,
            AVRDUDE,
            FASHION_MNIST);

    private Tools() {}
}
