package org.tinytune.core.cost;

/** What a machine that does its best waits for: the side of the roofline. */
public enum Bound {
    /** Its products. */
    COMPUTE,
    /** Its memory. */
    MEMORY
}
