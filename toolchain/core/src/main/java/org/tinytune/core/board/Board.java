package org.tinytune.core.board;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A board: everything that the toolchain has to know of it. One TOML file under {@code boards/} each; the file's name
 * is the id.
 *
 * @param id also the file's name, and PlatformIO's id where one exists
 * @param name as the vendor writes it
 * @param vendor who makes it
 * @param url its page
 * @param usb the USB identities under which it enumerates; empty if it has none of its own
 * @param mcu the microcontroller
 * @param memory the memories and what is reserved of them
 * @param flash how firmware gets onto it
 * @param serial the serial line of the firmware
 * @param firmware how the profiling firmware is put together
 * @param power currents for the energy estimate
 * @param latency cycles per operator and where they come from
 * @param emulator how it is emulated, if it can be
 * @param peak what its core does at best, if that is stated
 */
public record Board(
        String id,
        String name,
        String vendor,
        String url,
        List<UsbId> usb,
        Mcu mcu,
        Memory memory,
        Flash flash,
        Serial serial,
        Firmware firmware,
        Power power,
        Latency latency,
        Optional<Emulator> emulator,
        Optional<Peak> peak) {

    /** A USB vendor and product id. */
    public record UsbId(int vid, int pid) {}

    /**
     * The microcontroller.
     *
     * @param name the part
     * @param cpu the compiler's name of the core: {@code -mcpu} on Arm, {@code -mmcu} on AVR
     * @param architecture which toolchain and startup serve it
     * @param fpu the compiler's name of the FPU, or {@code none}
     * @param floatAbi {@code soft}, {@code softfp} or {@code hard}
     * @param clockHz as our firmware sets it
     * @param maxClockHz as the datasheet allows
     */
    public record Mcu(
            String name,
            String cpu,
            Architecture architecture,
            String fpu,
            String floatAbi,
            long clockHz,
            long maxClockHz) {}

    /** The families of instruction sets that firmware is built for. */
    public enum Architecture {
        /** Arm Cortex-M. */
        ARM,
        /** 8-bit AVR. */
        AVR
    }

    /**
     * The memories in bytes. Hardware minus reserved is what a model, with its stack, may use.
     *
     * @param flashOrigin address of the first byte
     * @param flashBytes hardware
     * @param flashReservedBytes not ours: a bootloader
     * @param ramOrigin address of the first byte
     * @param ramBytes hardware
     * @param ramReservedBytes not ours
     */
    public record Memory(
            long flashOrigin,
            long flashBytes,
            long flashReservedBytes,
            long ramOrigin,
            long ramBytes,
            long ramReservedBytes) {

        /** Bytes of flash for firmware and model together. */
        public long flashBudgetBytes() {
            return flashBytes - flashReservedBytes;
        }

        /** Bytes of RAM for static data, arena and stack together. */
        public long ramBudgetBytes() {
            return ramBytes - ramReservedBytes;
        }
    }

    /**
     * How firmware gets onto the board.
     *
     * @param protocol what the bootloader or loader speaks
     * @param baud of the bootloader; 0 where there is no serial loader
     * @param pageBytes the page that the loader writes at once; 0 where there is none
     * @param signature the device signature that the loader must answer with; 0 where there is none
     */
    public record Flash(FlashProtocol protocol, int baud, int pageBytes, int signature) {}

    /** The loaders that are spoken. */
    public enum FlashProtocol {
        /** STK500 version 1, as optiboot speaks it. */
        STK500V1,
        /** The emulator is started with the ELF file; there is nothing to flash over. */
        EMULATOR
    }

    /**
     * The serial line of the profiling firmware.
     *
     * @param baud bits per second, 8N1
     */
    public record Serial(int baud) {}

    /**
     * How the profiling firmware is put together: a board differs from others of its architecture only in this.
     *
     * @param sources C and assembler files, as paths inside the firmware's source folder
     * @param linkerScript a path inside the same folder; empty where the compiler brings its own
     * @param tickHz ticks per second of the clock that the firmware measures with
     * @param defines what the sources ask for by name: base addresses, interrupts, pins
     */
    public record Firmware(
            List<String> sources, Optional<String> linkerScript, long tickHz, Map<String, Long> defines) {}

    /**
     * Figures for the energy estimate: active current times supply voltage times latency.
     *
     * @param supplyVolts nominal supply
     * @param activeMilliamps current of the MCU while it computes at {@link Mcu#clockHz}
     * @param source where the two come from
     */
    public record Power(double supplyVolts, double activeMilliamps, String source) {
        private static final double NANOJOULES_PER_MICROJOULE = 1000;

        /** The energy of computing for that long. */
        public double microjoules(double micros) {
            return supplyVolts * activeMilliamps * micros / NANOJOULES_PER_MICROJOULE;
        }
    }

    /**
     * The latency model's coefficients.
     *
     * @param source {@code estimate …} or {@code measured …}: where the coefficients come from
     * @param relativeError one standard deviation of predicted over measured latency, as a fraction
     * @param blockRelativeError the same of the blocks before a network; absent where they are as exact, or unknown
     * @param cyclesPerInstruction what turns an emulator's instruction count into cycles; 1 where cycles are counted
     * @param cyclesPerInstructionSource where that number comes from
     * @param cyclesPerInvoke fixed cost of one inference
     * @param cyclesPerMac by kernel, {@link org.tinytune.core.cost.KernelWork#kernel}, of those that have MACs
     * @param cyclesPerElement by kernel, for each of {@link org.tinytune.core.cost.KernelWork#elements}
     * @param cyclesPerWindow by kernel, for each of {@link org.tinytune.core.cost.KernelWork#windows}
     * @param cyclesPerWindowElement by kernel, for each of {@link org.tinytune.core.cost.KernelWork#windowElements}
     */
    public record Latency(
            String source,
            double relativeError,
            Optional<Double> blockRelativeError,
            double cyclesPerInstruction,
            String cyclesPerInstructionSource,
            double cyclesPerInvoke,
            Map<String, Double> cyclesPerMac,
            Map<String, Double> cyclesPerElement,
            Map<String, Double> cyclesPerWindow,
            Map<String, Double> cyclesPerWindowElement) {}

    /**
     * How the board is emulated.
     *
     * @param kind which emulator
     * @param machine QEMU's machine, or simavr's MCU name
     * @param instructionsPerTick instructions per tick of the firmware's clock under {@code -icount shift=0}; 0 where
     *     the emulator counts cycles itself
     * @param bootloader the bootloader that the emulator starts with, as a path inside the folder of the Arduino core's
     *     bootloaders; empty where it is started with the firmware itself
     */
    public record Emulator(
            EmulatorKind kind, String machine, double instructionsPerTick, Optional<String> bootloader) {}

    /**
     * What the core does at best, were there nothing but products or nothing but loads: the roof that no kernel gets
     * above.
     *
     * @param macsPerCycle multiply-accumulates of int8
     * @param bytesPerCycle loaded from RAM
     * @param source where the two come from
     */
    public record Peak(double macsPerCycle, double bytesPerCycle, String source) {}

    /** The emulators that are driven. */
    public enum EmulatorKind {
        /** qemu-system-arm. */
        QEMU,
        /** libsimavr behind a small host program. */
        SIMAVR
    }
}
