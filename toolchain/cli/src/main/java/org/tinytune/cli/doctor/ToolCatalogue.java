package org.tinytune.cli.doctor;

import static org.tinytune.cli.doctor.Probe.files;
import static org.tinytune.cli.doctor.Probe.program;
import static org.tinytune.cli.doctor.Probe.thisJava;

import java.util.List;
import java.util.regex.Pattern;

/** Every tool that some part of tinytune uses. The package names are Debian's. */
public final class ToolCatalogue {
    private static final Pattern NO_VERSION = Pattern.compile("(?!)()");
    private static final Pattern GCC_VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");
    private static final String FASHION_MNIST = "/usr/share/datasets/fashion-mnist/";

    static final List<Tool> ALL = List.of(
            new Tool("java", "runs tinytune", List.of(), thisJava()),
            new Tool(
                    "mvn",
                    "builds tinytune from its sources",
                    List.of("maven"),
                    program(Pattern.compile("Apache Maven ([\\d.]+)"), "mvn", "--version")),
            new Tool(
                    "gcc",
                    "compiles the host program around simavr, and C libraries in tests",
                    List.of("gcc"),
                    program(GCC_VERSION, "gcc", "--version")),
            new Tool("libc headers", "the same", List.of("libc6-dev"), files(NO_VERSION, "/usr/include/stdio.h")),
            new Tool(
                    "arm-none-eabi-gcc",
                    "compiles firmware for Cortex-M boards",
                    List.of("gcc-arm-none-eabi"),
                    program(Pattern.compile("\\) (\\d+\\.\\d+\\.\\d+)"), "arm-none-eabi-gcc", "--version")),
            new Tool(
                    "newlib",
                    "the C library of that firmware",
                    List.of("libnewlib-arm-none-eabi"),
                    files(
                            Pattern.compile("_NEWLIB_VERSION \"(.+)\""),
                            "/usr/include/newlib/_newlib_version.h",
                            "/usr/lib/arm-none-eabi/newlib/libc_nano.a")),
            new Tool(
                    "qemu-system-arm",
                    "emulates Cortex-M boards",
                    List.of("qemu-system-arm"),
                    program(Pattern.compile("version ([\\d.]+)"), "qemu-system-arm", "--version")),
            new Tool(
                    "avr-gcc",
                    "compiles firmware for AVR boards such as the Arduino Uno",
                    List.of("gcc-avr", "binutils-avr"),
                    program(GCC_VERSION, "avr-gcc", "--version")),
            new Tool(
                    "avr-libc",
                    "the C library of that firmware",
                    List.of("avr-libc"),
                    files(
                            Pattern.compile("VERSION_STRING__ \"(.+)\""),
                            "/usr/lib/avr/include/avr/version.h",
                            "/usr/lib/avr/include/avr/io.h")),
            new Tool(
                    "libsimavr",
                    "emulates AVR boards",
                    List.of("libsimavr-dev"),
                    files(NO_VERSION, "/usr/include/simavr/sim_avr.h")),
            new Tool(
                    "libelf",
                    "loads firmware into that emulator",
                    List.of("libelf-dev"),
                    files(NO_VERSION, "/usr/include/libelf.h")),
            new Tool(
                    "optiboot",
                    "the bootloader of the emulated Arduino Uno",
                    List.of("arduino-core-avr"),
                    files(
                            Pattern.compile("(?m)^version=(.+)$"),
                            "/usr/share/arduino/hardware/arduino/avr/platform.txt",
                            "/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot/optiboot_atmega328.hex")),
            new Tool(
                    "avrdude",
                    "optional: a second opinion on the flashing of AVR boards, in tests",
                    List.of("avrdude"),
                    program(Pattern.compile("(?i)version:? ([\\d.]+)"), "avrdude", "-v")),
            new Tool(
                    "Fashion-MNIST",
                    "optional: 70,000 labelled images to search on",
                    List.of("dataset-fashion-mnist"),
                    files(
                            NO_VERSION,
                            FASHION_MNIST + "train-images-idx3-ubyte.gz",
                            FASHION_MNIST + "train-labels-idx1-ubyte.gz",
                            FASHION_MNIST + "t10k-images-idx3-ubyte.gz",
                            FASHION_MNIST + "t10k-labels-idx1-ubyte.gz")));

    private ToolCatalogue() {}

    /** The Debian packages of all tools, in the order of the catalogue. */
    public static List<String> packages() {
        return ALL.stream().flatMap(tool -> tool.packages().stream()).toList();
    }
}
