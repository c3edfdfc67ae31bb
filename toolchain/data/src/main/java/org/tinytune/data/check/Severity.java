package org.tinytune.data.check;

/** How much a finding matters. */
public enum Severity {
    /** Worth knowing; may be as it should. */
    NOTE,
    /** Makes a model or its score worse than it seems. */
    WARNING
}
