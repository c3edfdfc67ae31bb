package org.tinytune.device.profile;

/**
 * The RAM of a running firmware, in bytes.
 *
 * @param arenaBytes the model's arena
 * @param staticBytes all static data, the arena included
 * @param stackBytes the most stack in use since reset, by the paint that was overwritten
 */
public record DeviceMemory(int arenaBytes, int staticBytes, int stackBytes) {

    /** Static data and stack together. */
    public int ramBytes() {
        return staticBytes + stackBytes;
    }
}
