package org.tinytune.device.flash;

import java.util.Arrays;

/** Bytes to be written into flash, in one piece; what is not given in between is erased flash, {@code 0xFF}. */
public final class FlashImage {
    /** What erased flash reads as. */
    static final byte ERASED = (byte) 0xFF;

    private final int origin;
    private final byte[] bytes;

    /**
     * @param origin address of the first byte
     * @param bytes at least one
     */
    public FlashImage(int origin, byte[] bytes) {
        if (origin < 0 || bytes.length == 0) {
            throw new IllegalArgumentException("an image has an address and at least one byte");
        }
        this.origin = origin;
        this.bytes = bytes.clone();
    }

    /** Address of the first byte. */
    public int origin() {
        return origin;
    }

    /** Address behind the last byte. */
    public int end() {
        return origin + bytes.length;
    }

    /** The bytes from one address to before another; outside the image they are erased flash. */
    public byte[] slice(int from, int to) {
        byte[] slice = new byte[to - from];
        Arrays.fill(slice, ERASED);
        int first = Math.max(from, origin);
        int last = Math.min(to, end());
        if (first < last) {
            System.arraycopy(bytes, first - origin, slice, first - from, last - first);
        }
        return slice;
    }
}
