package org.tinytune.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Data of examples that are made rather than measured. With the system property {@code tinytune.update=true} they are
 * written, otherwise compared.
 */
class ExampleDataTest {
    private static final int READINGS = 1200;
    private static final double REFERENCE_CELSIUS = 25;

    /** As {@code examples/pressure/README.md} says. */
    @Test
    void thePressureSensorIsSimulatedAsItsPageSays() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("bridge,diode,supply,pressure_hpa,temperature_c\n");
        for (int i = 0; i < READINGS; i++) {
            double pressure = random.nextDouble(300, 1100);
            double celsius = random.nextDouble(-20, 60);
            double supply = random.nextDouble(0.9, 1.1);
            double x = celsius - REFERENCE_CELSIUS;
            double bridge = supply * (4000 + 40 * pressure * (1 - 0.002 * x + 4e-6 * x * x) + 25 * x);
            double diode = supply * (30_000 - 90 * x + 0.08 * x * x);
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%.1f,%.2f\n",
                    Math.round(bridge + random.nextDouble(-20, 20)),
                    Math.round(diode + random.nextDouble(-20, 20)),
                    Math.round(32_768 * supply + random.nextDouble(-5, 5)),
                    pressure,
                    celsius));
        }
        Path file = Repository.ROOT.resolve("examples/pressure/sensor.csv");
        if (Boolean.getBoolean("tinytune.update")) {
            Files.writeString(file, text);
        }
        assertThat(file).hasContent(text.toString());
    }
}
