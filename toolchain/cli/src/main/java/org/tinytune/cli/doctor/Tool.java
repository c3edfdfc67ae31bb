package org.tinytune.cli.doctor;

import java.util.List;

/**
 * Something outside tinytune that some of its commands use.
 *
 * @param name as its users call it
 * @param purpose what tinytune needs it for
 * @param packages the Debian packages that bring it; empty if it cannot be missing
 * @param probe finds it on this machine
 */
record Tool(String name, String purpose, List<String> packages, Probe probe) {}
