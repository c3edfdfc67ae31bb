/**
 * The simulator: runs an INT8 graph on the laptop, byte for byte as a board does.
 *
 * <p>It executes the very plan that the firmware follows, inside one arena of the planned size. Depends on {@code plan}
 * and what that depends on.
 */
package org.tinytune.core.sim;
