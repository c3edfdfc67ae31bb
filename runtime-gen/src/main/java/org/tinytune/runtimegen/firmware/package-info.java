/**
 * From a generated C library and a board to a linked firmware, and what it costs there: flash, static RAM, stack.
 *
 * <p>Needs the board's cross compiler; knows nothing of serial lines or emulators. The C sources are resources under
 * {@code tinytune/c/firmware}. Depends on {@code org.tinytune.core.board} and {@code org.tinytune.core.tool} only.
 */
package org.tinytune.runtimegen.firmware;
