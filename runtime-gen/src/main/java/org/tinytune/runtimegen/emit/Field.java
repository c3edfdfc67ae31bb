package org.tinytune.runtimegen.emit;

/**
 * A field of a kernel's parameters.
 *
 * @param name in the C struct
 * @param value its constant
 */
public record Field(String name, int value) {}
