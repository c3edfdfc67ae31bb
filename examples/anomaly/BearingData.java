import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes the vibration of rolling-element bearings, healthy and damaged: {@code java BearingData.java OUT}. README.md
 * beside it says what comes out; this is how.
 *
 * <p><b>Shaft.</b> A two-pole induction motor on a supply of f Hz turns at f (1 - slip), and drifts slowly about that.
 *
 * <p><b>Bearing.</b> n balls of diameter d on a circle of diameter D, in contact at an angle a. With r = d / D cos a, a
 * turn of the shaft makes {@code n/2 (1 - r)} balls pass a point of the outer race (BPFO), {@code n/2 (1 + r)} a point of
 * the inner race (BPFI), turns the cage {@code (1 - r)/2} times (FTF) and a ball {@code D/(2d) (1 - r²)} times (BSF). A
 * damaged spot of a ball strikes both races, so twice a turn of the ball. Source: R. B. Randall and J. Antoni, Rolling
 * element bearing diagnostics: a tutorial, Mechanical Systems and Signal Processing 25 (2011) 485-520, equations 1 to 4.
 *
 * <p><b>Slip of the balls.</b> Intervals between impacts vary independently by {@value #JITTER} of themselves, so that
 * impacts drift away from strict periods. Source: J. Antoni and R. B. Randall, A stochastic model for simulation and
 * diagnostics of rolling element bearings with localized faults, Journal of Vibration and Acoustics 125 (2003) 282-289.
 *
 * <p><b>Load zone.</b> At the angle p from the load, a ball carries {@code (1 - (1 - cos p)/(2 e))^(3/2)} of the greatest
 * load, and nothing where that is not positive; e = 1/2. An impact is as strong as the load: a spot of the inner race
 * goes through the zone once a turn of the shaft, one of a ball once a turn of the cage, one of the outer race stays in
 * it. Source: Stribeck's distribution in T. A. Harris, Rolling Bearing Analysis; impacts weighted by it in P. D. McFadden
 * and J. D. Smith, Model for the vibration produced by a single point defect in a rolling element bearing, Journal of
 * Sound and Vibration 96 (1984) 69-82.
 *
 * <p><b>Structure.</b> An impact makes every mode of the machine's housing ring: {@code exp(-2π z f t) sin(2π f √(1-z²)
 * t)}. Friction and flow excite the same modes all the time, by noise. A mode has a gain to each axis of the sensor.
 *
 * <p><b>Shaft faults that are not the bearing's.</b> Imbalance turns with the shaft, in radial axes a quarter of a turn
 * apart, and grows with the speed's square; misalignment gives the second and third harmonic, and shakes the axial
 * direction too.
 *
 * <p><b>Sensor.</b> Three axes (two radial, one axial) at {@value #RATE_HZ} Hz, ±{@value #RANGE_G} g in 16 bits, noise of
 * 60 µg/√Hz, as the data sheet of ST's ISM330DHCX has them; gravity is where the mounting puts it.
 *
 * <p>The same seed gives the same bytes, on every machine and JDK: SplittableRandom and StrictMath alone are used.
 */
public final class BearingData {
    static final int RATE_HZ = 6667;
    static final int RANGE_G = 16;
    static final double JITTER = 0.015;

    private static final int AXES = 3;
    private static final double COUNTS_PER_G = 32768.0 / RANGE_G;
    private static final double SENSOR_NOISE_G = 60e-6 * StrictMath.sqrt(RATE_HZ / 2.0);

    /** Steady noise that no mode colours. */
    private static final double BROADBAND_NOISE_G = 0.006;

    /** Amplitudes below are those at this speed. */
    private static final double REFERENCE_HZ = 25;

    private static final double TURN = 2 * StrictMath.PI;

    private static final int[] SUPPLY_HZ = {25, 30, 40, 50};
    private static final int TRAINING_MACHINES = 10;
    private static final int MACHINES = 14;
    private static final int NORMAL_RECORDINGS = 6;
    private static final int FAULTY_RECORDINGS = 1;

    /** The first two as the Bearing Data Center of Case Western Reserve University gives them, in millimetres. */
    private static final List<Bearing> BEARINGS = List.of(
            new Bearing("6205", 9, 7.940, 39.04, 0),
            new Bearing("6203", 8, 6.746, 28.50, 0),
            new Bearing("angular", 12, 7.500, 38.50, 25));

    private BearingData() {}

    /** What a bearing is made of. */
    record Bearing(String name, int balls, double ballMm, double pitchMm, double contactDegrees) {
        private double ratio() {
            return ballMm / pitchMm * StrictMath.cos(StrictMath.toRadians(contactDegrees));
        }

        /** BPFO: passes of balls over a point of the outer race, a turn of the shaft. */
        double outerRace() {
            return balls / 2.0 * (1 - ratio());
        }

        /** BPFI: the same of the inner race. */
        double innerRace() {
            return balls / 2.0 * (1 + ratio());
        }

        /** FTF: turns of the cage. */
        double cage() {
            return (1 - ratio()) / 2;
        }

        /** BSF: turns of a ball about itself. */
        double ballSpin() {
            return pitchMm / (2 * ballMm) * (1 - ratio() * ratio());
        }
    }

    /** What is damaged. */
    enum Fault {
        NORMAL("normal"),
        OUTER_RACE("outer-race"),
        INNER_RACE("inner-race"),
        BALL("ball");

        final String label;

        Fault(String label) {
            this.label = label;
        }

        /** Impacts a turn of the shaft. */
        double impacts(Bearing bearing) {
            return switch (this) {
                case NORMAL -> 0;
                case OUTER_RACE -> bearing.outerRace();
                case INNER_RACE -> bearing.innerRace();
                case BALL -> 2 * bearing.ballSpin();
            };
        }

        /** Turns of the damaged spot through the load zone, a turn of the shaft. */
        double zonePasses(Bearing bearing) {
            return switch (this) {
                case NORMAL, OUTER_RACE -> 0;
                case INNER_RACE -> 1;
                case BALL -> bearing.cage();
            };
        }
    }

    /** How strong the first swing of a mode is after an impact in the middle of the load zone, in g. */
    enum Severity {
        NONE(0),
        INCIPIENT(0.1),
        DEVELOPED(0.2),
        SEVERE(0.6);

        final double impactG;

        Severity(double impactG) {
            this.impactG = impactG;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A way in which the housing rings.
     *
     * @param damping of critical damping
     * @param noiseG root mean square of what friction and flow make of it
     * @param gains to the axes of the sensor
     */
    record Mode(double hz, double damping, double noiseG, double[] gains) {}

    /**
     * A machine, the same in all its recordings.
     *
     * @param harmonicsG amplitude of an axis at each multiple of the shaft's speed
     * @param gravityG in each axis
     */
    record Machine(String name, Bearing bearing, List<Mode> modes, double[][] harmonicsG, double[] gravityG) {
        static Machine draw(int index, SplittableRandom random) {
            List<Mode> modes = List.of(mode(random, 1100, 1600), mode(random, 2000, 2700));
            double imbalance = random.nextDouble(0.04, 0.10);
            double misalignment = random.nextDouble(0.01, 0.04);
            double[][] harmonics = {
                {imbalance, misalignment, 0.3 * misalignment},
                {imbalance * random.nextDouble(0.7, 1), misalignment * random.nextDouble(0.5, 1), 0.2 * misalignment},
                {0.2 * imbalance, 0.8 * misalignment, 0.1 * misalignment},
            };
            double tilt = random.nextDouble(-0.1, 0.1);
            double[] gravity = {StrictMath.sin(tilt), -StrictMath.cos(tilt), 0};
            return new Machine("m" + (index + 1), BEARINGS.get(index % BEARINGS.size()), modes, harmonics, gravity);
        }

        private static Mode mode(SplittableRandom random, double fromHz, double toHz) {
            return new Mode(
                    random.nextDouble(fromHz, toHz),
                    random.nextDouble(0.03, 0.06),
                    random.nextDouble(0.02, 0.03),
                    new double[] {
                        random.nextDouble(0.7, 1), random.nextDouble(0.5, 1), random.nextDouble(0.2, 0.5),
                    });
        }
    }

    /** How a shaft turns: about {@code hz}, up and down by {@code drift} of that in a period. */
    record Shaft(double hz, double drift, double periodSeconds, double phase) {
        static Shaft draw(int supplyHz, SplittableRandom random) {
            double slip = random.nextDouble(0.01, 0.04);
            return new Shaft(
                    supplyHz * (1 - slip),
                    random.nextDouble(0.001, 0.004),
                    random.nextDouble(4, 12),
                    random.nextDouble(TURN));
        }

        double speed(double seconds) {
            return hz * (1 + drift * StrictMath.sin(TURN * seconds / periodSeconds + phase));
        }

        /** Turns since the beginning: the integral of the speed. */
        double turns(double seconds) {
            double swing = StrictMath.cos(phase) - StrictMath.cos(TURN * seconds / periodSeconds + phase);
            return hz * (seconds + drift * periodSeconds / TURN * swing);
        }

        /** When it has made so many turns, by Newton's iteration. */
        double secondsAt(double turns) {
            double seconds = turns / hz;
            for (int i = 0; i < 4; i++) {
                seconds -= (turns(seconds) - turns) / speed(seconds);
            }
            return seconds;
        }
    }

    /** A recording to be. */
    record Recording(Machine machine, int supplyHz, Fault fault, Severity severity, int number, boolean training) {
        String path() {
            return String.format(
                    Locale.ROOT,
                    "%s/%s/%s_%dhz_%s_%d.wav",
                    part(),
                    fault.label,
                    machine.name(),
                    supplyHz,
                    severity.id(),
                    number);
        }

        String part() {
            return training ? "training" : "testing";
        }

        /** Its row in {@code recordings.csv}: what the shaft's mean speed makes of the bearing. */
        String row(double shaftHz) {
            Bearing bearing = machine.bearing();
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%s,%s,%.3f,%.3f,%.3f,%.3f,%.3f\n",
                    path(),
                    fault.label,
                    machine.name(),
                    part(),
                    bearing.name(),
                    severity.id(),
                    shaftHz,
                    shaftHz * bearing.outerRace(),
                    shaftHz * bearing.innerRace(),
                    shaftHz * bearing.ballSpin(),
                    shaftHz * bearing.cage());
        }
    }

    /** Normal deviates by Marsaglia's polar method: the JDK's own may change with its version. */
    private static final class Normal {
        private final SplittableRandom random;
        private double spare = Double.NaN;

        Normal(SplittableRandom random) {
            this.random = random;
        }

        double next() {
            if (!Double.isNaN(spare)) {
                double value = spare;
                spare = Double.NaN;
                return value;
            }
            while (true) {
                double x = random.nextDouble(-1, 1);
                double y = random.nextDouble(-1, 1);
                double square = x * x + y * y;
                if (square > 0 && square < 1) {
                    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                    spare = y * factor;
                    return x * factor;
                }
            }
        }
    }

    /** Adds up the acceleration of a recording, in g, {@code [axis][sample]}. */
    private static final class Synthesis {
        private final Machine machine;
        private final Shaft shaft;
        private final SplittableRandom random;
        private final Normal normal;
        private final int samples;
        private final double[][] axes;

        Synthesis(Machine machine, Shaft shaft, int samples, SplittableRandom random) {
            this.machine = machine;
            this.shaft = shaft;
            this.samples = samples;
            this.random = random;
            this.normal = new Normal(random);
            this.axes = new double[AXES][samples];
        }

        double[][] run(Fault fault, Severity severity) {
            addShaft();
            machine.modes().forEach(this::addFriction);
            if (fault != Fault.NORMAL) {
                addImpacts(fault, severity);
            }
            addSensor();
            return axes;
        }

        private void addShaft() {
            double start = random.nextDouble();
            for (int i = 0; i < samples; i++) {
                double seconds = (double) i / RATE_HZ;
                double angle = TURN * (start + shaft.turns(seconds));
                double relative = shaft.speed(seconds) / REFERENCE_HZ;
                for (int axis = 0; axis < AXES; axis++) {
                    double[] amplitudes = machine.harmonicsG()[axis];
                    double quarter = axis * TURN / 4;
                    for (int k = 1; k <= amplitudes.length; k++) {
                        double growth = k == 1 ? relative * relative : relative;
                        axes[axis][i] += amplitudes[k - 1] * growth * StrictMath.cos(k * angle - quarter);
                    }
                }
            }
        }

        /** White noise through a resonator of two poles, brought to the mode's root mean square. */
        private void addFriction(Mode mode) {
            double radius = StrictMath.exp(-TURN * mode.damping() * mode.hz() / RATE_HZ);
            double square = radius * radius;
            double first = 2 * radius * StrictMath.cos(TURN * mode.hz() / RATE_HZ);
            double variance = (1 + square) / ((1 - square) * ((1 + square) * (1 + square) - first * first));
            double level = mode.noiseG() * shaft.hz() / REFERENCE_HZ / StrictMath.sqrt(variance);
            int settling = (int) (8 / (1 - radius));
            double last = 0;
            double beforeLast = 0;
            for (int i = -settling; i < samples; i++) {
                double value = first * last - square * beforeLast + level * normal.next();
                beforeLast = last;
                last = value;
                for (int axis = 0; axis < AXES && i >= 0; axis++) {
                    axes[axis][i] += mode.gains()[axis] * value;
                }
            }
        }

        private void addImpacts(Fault fault, Severity severity) {
            Bearing bearing = machine.bearing();
            double interval = 1 / fault.impacts(bearing);
            double start = random.nextDouble();
            double end = shaft.turns((double) samples / RATE_HZ);
            for (double turns = interval * random.nextDouble();
                    turns < end;
                    turns += interval * (1 + JITTER * normal.next())) {
                double load = fault == Fault.OUTER_RACE ? 1 : load(start + turns * fault.zonePasses(bearing));
                double seconds = shaft.secondsAt(turns);
                double speed = shaft.speed(seconds) / REFERENCE_HZ;
                double strength = severity.impactG * speed * load * (1 + 0.1 * normal.next());
                if (strength > 0) {
                    machine.modes().forEach(mode -> addRinging(mode, seconds, strength));
                }
            }
        }

        /** Stribeck's share of the greatest load, so many turns away from the load's direction. */
        private static double load(double turns) {
            double share = StrictMath.cos(TURN * turns);
            return share > 0 ? StrictMath.pow(share, 1.5) : 0;
        }

        private void addRinging(Mode mode, double begin, double strength) {
            double decay = TURN * mode.damping() * mode.hz();
            double omega = TURN * mode.hz() * StrictMath.sqrt(1 - mode.damping() * mode.damping());
            int first = (int) StrictMath.ceil(begin * RATE_HZ);
            int end = (int) StrictMath.min(samples, first + 7 * RATE_HZ / decay);
            for (int i = first; i < end; i++) {
                double seconds = (double) i / RATE_HZ - begin;
                double value = strength * StrictMath.exp(-decay * seconds) * StrictMath.sin(omega * seconds);
                for (int axis = 0; axis < AXES; axis++) {
                    axes[axis][i] += mode.gains()[axis] * value;
                }
            }
        }

        private void addSensor() {
            double noise = StrictMath.hypot(SENSOR_NOISE_G, BROADBAND_NOISE_G);
            for (int i = 0; i < samples; i++) {
                for (int axis = 0; axis < AXES; axis++) {
                    axes[axis][i] += machine.gravityG()[axis] + noise * normal.next();
                }
            }
        }
    }

    /** A WAV file of three channels, counts of 16 bits. */
    private static byte[] wav(double[][] axes) {
        int samples = axes[0].length;
        int dataBytes = samples * AXES * Short.BYTES;
        ByteBuffer out = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + dataBytes).put(ascii("WAVEfmt ")).putInt(16);
        out.putShort((short) 1).putShort((short) AXES).putInt(RATE_HZ).putInt(RATE_HZ * AXES * Short.BYTES);
        out.putShort((short) (AXES * Short.BYTES)).putShort((short) Short.SIZE);
        out.put(ascii("data")).putInt(dataBytes);
        for (int i = 0; i < samples; i++) {
            for (int axis = 0; axis < AXES; axis++) {
                double counts = StrictMath.rint(axes[axis][i] * COUNTS_PER_G);
                out.putShort((short) StrictMath.max(Short.MIN_VALUE, StrictMath.min(Short.MAX_VALUE, counts)));
            }
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** All recordings: normal ones of the training machines; normal and damaged ones of the others. */
    private static List<Recording> recordings(List<Machine> machines) {
        List<Recording> all = new ArrayList<>();
        for (int m = 0; m < machines.size(); m++) {
            boolean training = m < TRAINING_MACHINES;
            for (int supply : SUPPLY_HZ) {
                add(all, machines.get(m), supply, Fault.NORMAL, Severity.NONE, training);
                for (Fault fault : Fault.values()) {
                    for (Severity severity : Severity.values()) {
                        if (!training && fault != Fault.NORMAL && severity != Severity.NONE) {
                            add(all, machines.get(m), supply, fault, severity, false);
                        }
                    }
                }
            }
        }
        return all;
    }

    private static void add(
            List<Recording> to, Machine machine, int supply, Fault fault, Severity severity, boolean training) {
        int count = fault == Fault.NORMAL ? NORMAL_RECORDINGS : FAULTY_RECORDINGS;
        for (int n = 0; n < count; n++) {
            to.add(new Recording(machine, supply, fault, severity, n, training));
        }
    }

    private static void write(Path folder, long seed, double seconds) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Machine> machines = new ArrayList<>();
        for (int m = 0; m < MACHINES; m++) {
            machines.add(Machine.draw(m, random.split()));
        }
        int samples = (int) StrictMath.rint(seconds * RATE_HZ);
        StringBuilder table = new StringBuilder(
                "path,label,group,part,bearing,severity,shaft_hz,bpfo_hz,bpfi_hz,bsf_hz,ftf_hz\n");
        for (Recording recording : recordings(machines)) {
            SplittableRandom own = random.split();
            Shaft shaft = Shaft.draw(recording.supplyHz(), own);
            double[][] axes = new Synthesis(recording.machine(), shaft, samples, own)
                    .run(recording.fault(), recording.severity());
            Path file = folder.resolve(recording.path());
            Files.createDirectories(file.getParent());
            Files.write(file, wav(axes));
            double length = (double) samples / RATE_HZ;
            table.append(recording.row(shaft.turns(length) / length));
        }
        Files.writeString(folder.resolve("recordings.csv"), table);
        Files.writeString(folder.resolve("dataset.toml"), """
                # Written by BearingData.java; a count is 16 g / 32768.
                name = "simulated bearings"
                normal_label = "normal"
                window = "3333 samples"
                licence = "Apache-2.0"
                source = "examples/anomaly/BearingData.java --seed %d"
                """.formatted(seed));
    }

    /** Makes the folder whole or not at all. */
    private static void writeWhole(Path out, long seed, double seconds) throws IOException {
        Path absolute = out.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".part");
        delete(partial); // of a run that was stopped
        try {
            write(partial, seed, seconds);
            Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(partial);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** What the command line asks for. */
    private record Options(Path out, long seed, double seconds) {
        static Options parse(String[] arguments) {
            Path out = null;
            long seed = 1;
            double seconds = 2;
            for (int i = 0; i < arguments.length; i++) {
                boolean valued = i + 1 < arguments.length;
                if (arguments[i].equals("--seed") && valued) {
                    seed = Long.parseLong(arguments[++i]);
                } else if (arguments[i].equals("--seconds") && valued) {
                    seconds = Double.parseDouble(arguments[++i]);
                } else if (!arguments[i].startsWith("-") && out == null) {
                    out = Path.of(arguments[i]);
                } else {
                    throw new IllegalArgumentException("'" + arguments[i] + "' is not understood");
                }
            }
            if (out == null) {
                throw new IllegalArgumentException("no folder to write is named");
            }
            if (!(seconds >= 0.5 && seconds <= 60)) {
                throw new IllegalArgumentException("--seconds is " + seconds + ", not 0.5 to 60");
            }
            return new Options(out, seed, seconds);
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.err));
    }

    private static int run(String[] arguments, PrintStream err) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            String what = e instanceof NumberFormatException ? "a value is no number" : e.getMessage();
            err.println("BearingData: " + what + " (usage: java BearingData.java OUT [--seed S] [--seconds LENGTH])");
            return 2;
        }
        if (Files.exists(options.out())) {
            err.println("BearingData: " + options.out() + " is there already: remove it, or name another folder");
            return 2;
        }
        try {
            writeWhole(options.out(), options.seed(), options.seconds());
            return 0;
        } catch (IOException e) {
            err.println("BearingData: cannot write " + options.out() + ": " + e.getMessage());
            return 1;
        }
    }
}
