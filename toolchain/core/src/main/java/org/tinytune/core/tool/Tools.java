package org.tinytune.core.tool;

/** The external tools that building firmware and emulating boards need. Search, export and simulation need none. */
public final class Tools {
    /** Compiles the emulator's host program, and checks generated C on the host. */
    public static final Tool GCC = Tool.command("gcc", "to compile the Uno's emulator", "gcc", "libc6-dev");

    /** Compiles firmware for Cortex-M. */
    public static final Tool ARM_GCC = Tool.command(
            "arm-none-eabi-gcc", "to build Cortex-M firmware", "gcc-arm-none-eabi", "libnewlib-arm-none-eabi");

    /** Emulates Cortex-M boards. */
    public static final Tool QEMU_ARM =
            Tool.command("qemu-system-arm", "to emulate Cortex-M boards", "qemu-system-arm");

    /** Compiles firmware for AVR. */
    public static final Tool AVR_GCC = Tool.command("avr-gcc", "to build AVR firmware", "gcc-avr", "avr-libc");

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

    private Tools() {}
}
