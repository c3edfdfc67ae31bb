package org.tinytune.cli.export;

import java.util.Optional;

/**
 * An exported project.
 *
 * @param files all of it
 * @param arenaBytes of RAM that its C library takes beside the stack; empty of projects without one
 * @param weightBytes of constants, which lie in flash; empty of projects without a C library
 * @param constantBytes of all that the C library has in flash beside code: weights as kernels take them, and tables
 */
public record Project(
        ProjectFiles files, Optional<Integer> arenaBytes, Optional<Long> weightBytes, Optional<Long> constantBytes) {}
