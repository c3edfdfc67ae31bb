/**
 * The host's side of the device protocol: commands that end with {@code %}, lines in answer, the last one
 * {@code m-ready}.
 *
 * <p>The device's side is {@code runtime-gen/src/main/c/firmware/tt_firmware.c}, where the commands are listed.
 */
package org.tinytune.device.profile;
