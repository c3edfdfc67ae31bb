package org.tinytune.core.vector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Finds the fastest {@link VectorMath} that this JVM can run: on the Vector API where its incubator module is there and
 * the processor has fused multiply-add, otherwise in plain Java.
 */
public final class VectorProvider {
    /** Set to {@code plain}, this system property keeps to plain Java. */
    public static final String PROPERTY = "tinytune.vector";

    private static final String MODULE = "jdk.incubator.vector";
    private static final Logger LOG = System.getLogger(VectorProvider.class.getName());
    private static final VectorMath BEST = find();

    private VectorProvider() {}

    /** The fastest there is; stateless, so threads share it. */
    public static VectorMath get() {
        return BEST;
    }

    /** The one in plain Java. */
    public static VectorMath plain() {
        return new PlainVectorMath();
    }

    /**
     * Columns that matrices are packed for: those of a vector of the processor, 8 to 16. Results do not depend on it.
     */
    static int lanes() {
        return Widest.LANES;
    }

    private static VectorMath find() {
        if ("plain".equals(System.getProperty(PROPERTY))) {
            return plain();
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "training is several times slower without the Vector API: add --add-modules " + MODULE
                            + " to the java command");
            return plain();
        }
        if (!Fma.HARDWARE) {
            LOG.log(Level.WARNING, "training is several times slower on a processor without fused multiply-add");
            return plain();
        }
        return new VectorApiMath();
    }

    /** Apart from {@link #BEST}, which is made from it. */
    private static final class Widest {
        static final int LANES = ModuleLayer.boot().findModule(MODULE).isEmpty() ? 8 : VectorApiMath.WIDTH;
    }
}
