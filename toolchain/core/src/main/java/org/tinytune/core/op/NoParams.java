package org.tinytune.core.op;

/** Parameters of an operator that has none. */
public record NoParams() {}
