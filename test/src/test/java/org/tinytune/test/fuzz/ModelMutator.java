package org.tinytune.test.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.test.fuzz.FlatbufferMap.Kind;
import org.tinytune.test.fuzz.FlatbufferMap.Place;

/**
 * Alters a model file: mostly what it knows to be an offset, a length, a vtable or a number, so that the altered file
 * gets far; now and then any bytes at all. Every seed gives one altered file, always the same.
 */
final class ModelMutator {
    private static final int MAX_ALTERATIONS = 4;
    /** One alteration in so many knows nothing of the structure. */
    private static final int BLIND = 5;

    private final byte[] original;
    private final FlatbufferMap map;

    /** @param original a valid file */
    ModelMutator(byte[] original) {
        this.original = original;
        this.map = new FlatbufferMap(original);
    }

    /** The valid file. */
    byte[] original() {
        return original;
    }

    /** An altered copy. */
    byte[] mutated(SplittableRandom random) {
        byte[] file = original.clone();
        for (int i = random.nextInt(1, MAX_ALTERATIONS + 1); i > 0; i--) {
            if (random.nextInt(BLIND) == 0) {
                file = blindly(file, random);
            } else {
                alter(file, random);
            }
        }
        return file;
    }

    private void alter(byte[] file, SplittableRandom random) {
        Kind[] kinds = Kind.values();
        // Numbers are twice as likely as the rest: what they say is looked at last.
        int choice = random.nextInt(kinds.length + 2);
        Kind kind = choice < kinds.length ? kinds[choice] : Kind.INTEGER;
        List<Place> places = map.places(kind);
        if (places.isEmpty()) {
            return;
        }
        Place place = pick(places, random);
        if (place.position() + place.width() > file.length) {
            return;
        }
        put(file, place, random.nextInt(3) == 0 ? another(places, place, random) : value(place, random));
    }

    /** What stands at a place like it: an offset then leads to the same target. */
    private long another(List<Place> places, Place place, SplittableRandom random) {
        Place other = pick(places, random);
        long value = get(original, other, Math.min(place.width(), other.width()));
        return place.kind() == Kind.OFFSET ? value + other.position() - place.position() : value;
    }

    private long value(Place place, SplittableRandom random) {
        long old = get(original, place, place.width());
        long length = original.length;
        return switch (place.kind()) {
            case TABLE, OFFSET ->
                pick(
                        random,
                        0,
                        old + random.nextInt(-4, 5),
                        length,
                        length - place.position(),
                        -old,
                        -place.position(),
                        Integer.MAX_VALUE,
                        Integer.MIN_VALUE,
                        random.nextInt());
            case VTABLE_LENGTH, VTABLE_ENTRY -> pick(random, 0, old + random.nextInt(-2, 3), 1, 0xffff, 0x7fff, length);
            case LENGTH ->
                pick(
                        random,
                        0,
                        1,
                        old + 1,
                        old - 1,
                        old * 2,
                        length - place.position(),
                        1 << 30,
                        -1,
                        Integer.MAX_VALUE,
                        Integer.MIN_VALUE,
                        random.nextInt(1 << 16));
            case INTEGER -> integer(old, place.width(), random);
            case FLOAT -> Float.floatToRawIntBits(real(Float.intBitsToFloat((int) old), random));
        };
    }

    private static long integer(long old, int width, SplittableRandom random) {
        long top = 1L << (Byte.SIZE * width - 1);
        return pick(
                random,
                0,
                1,
                -1,
                old + 1,
                old - 1,
                old * 2,
                old / 2,
                -old,
                top - 1,
                top,
                random.nextInt(16),
                random.nextInt(256),
                1L << random.nextInt(Byte.SIZE * width),
                random.nextLong());
    }

    private static float real(float old, SplittableRandom random) {
        float[] values = {
            0,
            -0f,
            1,
            -1,
            old * 2,
            old / 2,
            -old,
            old * 1e6f,
            old / 1e6f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.intBitsToFloat(random.nextInt())
        };
        return values[random.nextInt(values.length)];
    }

    private static byte[] blindly(byte[] file, SplittableRandom random) {
        int at = random.nextInt(file.length);
        switch (random.nextInt(5)) {
            case 0 -> file[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> file[at] = (byte) random.nextInt(1 << Byte.SIZE);
            case 2 -> copy(file, at, random);
            case 3 -> {
                return Arrays.copyOf(file, Math.max(at, 1));
            }
            default -> {
                return stretched(file, at, random.nextInt(1, 64));
            }
        }
        return file;
    }

    private static void copy(byte[] file, int at, SplittableRandom random) {
        int from = random.nextInt(file.length);
        int length = Math.min(random.nextInt(64), file.length - Math.max(from, at));
        System.arraycopy(file, from, file, at, length);
    }

    private static byte[] stretched(byte[] file, int at, int by) {
        byte[] longer = new byte[file.length + by];
        System.arraycopy(file, 0, longer, 0, at);
        System.arraycopy(file, at, longer, at + by, file.length - at);
        return longer;
    }

    private static Place pick(List<Place> places, SplittableRandom random) {
        return places.get(random.nextInt(places.size()));
    }

    private static long pick(SplittableRandom random, long... values) {
        return values[random.nextInt(values.length)];
    }

    private static long get(byte[] file, Place place, int width) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return switch (width) {
            case Byte.BYTES -> bytes.get(place.position());
            case Short.BYTES -> bytes.getShort(place.position());
            case Integer.BYTES -> bytes.getInt(place.position());
            default -> bytes.getLong(place.position());
        };
    }

    private static void put(byte[] file, Place place, long value) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        switch (place.width()) {
            case Byte.BYTES -> bytes.put(place.position(), (byte) value);
            case Short.BYTES -> bytes.putShort(place.position(), (short) value);
            case Integer.BYTES -> bytes.putInt(place.position(), (int) value);
            default -> bytes.putLong(place.position(), value);
        }
    }
}
