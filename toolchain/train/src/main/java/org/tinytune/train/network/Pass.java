package org.tinytune.train.network;

/** The parts of a step that a node has. */
public enum Pass {
    /** From operands to outputs, the preparation of its constants included. */
    FORWARD,
    /** From the gradient of the output to those of the operands. */
    BACKWARD
}
