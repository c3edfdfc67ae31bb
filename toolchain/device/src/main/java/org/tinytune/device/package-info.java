/**
 * Everything between a linked firmware and its profile: {@code serial} lines, {@code flash} loaders, the
 * {@code profile} protocol, and {@code emulator}s that stand in for boards.
 *
 * <p>Packages below, each depending only on those to its left: {@code serial ← flash, profile ← emulator}. Of the core
 * only {@code board} and {@code tool} are used.
 */
package org.tinytune.device;
