/**
 * Emulated boards. Each is an external process behind a pseudo-terminal that is opened like a real port, and that ends
 * with the JVM however the JVM ends.
 */
package org.tinytune.device.emulator;
