package org.tinytune.cli.model;

/** What reports call the variant of a kernel. */
public final class KernelName {
    /** The variant that every target has; it has no name in a plan. */
    private static final String BASIC = "basic";

    private KernelName() {}

    /** The name of a plan's variant. */
    public static String of(String variant) {
        return variant.isEmpty() ? BASIC : variant;
    }
}
