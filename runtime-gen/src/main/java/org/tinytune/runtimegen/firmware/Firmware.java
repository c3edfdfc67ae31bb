package org.tinytune.runtimegen.firmware;

import java.nio.file.Path;

/**
 * A linked firmware.
 *
 * @param elf what an emulator or a debugger starts
 * @param hex the same as Intel HEX, for a bootloader
 * @param sizes what it takes of the board
 */
public record Firmware(Path elf, Path hex, FirmwareSizes sizes) {}
