package org.tinytune.runtimegen.firmware;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory that the sections of a linked 32-bit little-endian ELF file take.
 *
 * <p>Source: Tool Interface Standard, Executable and Linking Format 1.2, "Section header".
 */
final class ElfSections {
    private static final int MAGIC = 0x464C457F;
    private static final int HEADER_BYTES = 52;
    private static final int SECTION_TABLE_OFFSET_AT = 32;
    private static final int SECTION_ENTRY_BYTES_AT = 46;
    private static final int SECTION_COUNT_AT = 48;
    private static final int TYPE_AT = 4;
    private static final int FLAGS_AT = 8;
    private static final int SIZE_AT = 20;

    private static final int NOBITS = 8;
    private static final int WRITE = 1;
    private static final int ALLOC = 2;

    private final long flashBytes;
    private final long staticRamBytes;

    /**
     * @param elf the whole file
     * @throws IllegalArgumentException if it is not such a file
     */
    ElfSections(byte[] elf) {
        ByteBuffer file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        if (elf.length < HEADER_BYTES || file.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("not an ELF file");
        }
        int table = file.getInt(SECTION_TABLE_OFFSET_AT);
        int entryBytes = file.getShort(SECTION_ENTRY_BYTES_AT);
        int count = file.getShort(SECTION_COUNT_AT);
        long flash = 0;
        long ram = 0;
        for (int i = 0; i < count; i++) {
            int section = table + i * entryBytes;
            int flags = file.getInt(section + FLAGS_AT);
            long size = Integer.toUnsignedLong(file.getInt(section + SIZE_AT));
            if ((flags & ALLOC) != 0 && file.getInt(section + TYPE_AT) != NOBITS) {
                flash += size;
            }
            if ((flags & ALLOC) != 0 && (flags & WRITE) != 0) {
                ram += size;
            }
        }
        flashBytes = flash;
        staticRamBytes = ram;
    }

    /** Code, constants and the initial values of static data. */
    long flashBytes() {
        return flashBytes;
    }

    /** Initialised and zeroed static data. */
    long staticRamBytes() {
        return staticRamBytes;
    }
}
