/**
 * Serial lines: one interface, the real thing through jSSC, and how its bytes are waited for.
 *
 * <p>A line that breaks is an {@link java.io.IOException}; what that means to the user is said by who knows what was
 * being done.
 */
package org.tinytune.device.serial;
