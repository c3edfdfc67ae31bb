package org.tinytune.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.feature.FeatureDesign;
import org.tinytune.train.settings.TomlTable;

class FeaturesTableTest {
    private static final Shape SECOND = Shape.of(16_000, 1, 1);
    private static final SignalFormat SPEECH = new SignalFormat(16_000, 1.0 / 32768, List.of("audio"), "");
    private static final Shape TWO_SECONDS = Shape.of(200, 1, 3);
    private static final SignalFormat MOTION = new SignalFormat(100, 0.01, List.of("x", "y", "z"), "m/s2");

    private static FeatureDesign speech(String text) {
        return new FeaturesTable(TomlTable.parse("M.toml: features", text), SECOND, SPEECH).read();
    }

    private static FeatureDesign motion(String text) {
        return new FeaturesTable(TomlTable.parse("M.toml: features", text), TWO_SECONDS, MOTION).read();
    }

    @Test
    void theUsualMfccOfASecondAre49FramesOf10Coefficients() {
        FeatureDesign design = speech("block = 'mfcc'");

        assertThat(design.shape(SECOND)).isEqualTo(Shape.of(49, 10, 1));
        MfccParams params = (MfccParams) design.block().orElseThrow().params();
        assertThat(params.mel().spectrum().frames()).isEqualTo(new Frames(480, 320));
        assertThat(params.mel().spectrum().fftLength()).isEqualTo(512);
        assertThat(params.mel().bands()).isEqualTo(40);
    }

    @Test
    void timesAreSecondsAndFrequenciesHertz() {
        FeatureDesign design = motion(
                "block = 'spectral'\nframe = 1.0\nstride = 0.5\nfft = 32\nfilter = 'low_pass'\ncutoff_hz = 20\npeaks = 2");

        SpectralFeaturesParams params =
                (SpectralFeaturesParams) design.block().orElseThrow().params();
        assertThat(params.frames()).isEqualTo(new Frames(100, 50));
        assertThat(params.filter().orElseThrow().cutoff()).isEqualTo(0.2f);
        assertThat(design.shape(TWO_SECONDS).dim(0)).isEqualTo(3);
        assertThat(motion("block = 'raw'")).isEqualTo(FeatureDesign.READINGS);
        assertThat(motion("block = 'statistics'").shape(TWO_SECONDS)).isEqualTo(Shape.of(1, 8, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        block = 'mfc'                                  | block = "mfc": give one of
        block = 'resize'                               | block = "resize" is for images
        frame = 1                                      | key 'block' is missing
        block = 'raw'\\nframe = 1                      | unknown key 'frame'
        block = 'mel'\\nframe = 3                      | longer than a window of 2.0 s
        block = 'mel'\\nframe = 0                      | frame = 0.0: give seconds
        block = 'mel'\\nbands = 100                    | low_hz
        block = 'mfcc'\\nhigh_hz = 60                  | whole number from 1 to 50
        block = 'spectral'\\nfft = 48                  | fft = 48: give a power of two
        block = 'spectral'\\nfilter = 'band'           | filter = "band"
        block = 'spectral'\\nfilter = 'low_pass'       | key 'cutoff_hz' is missing
        block = 'spectral'\\nfilter = 'low_pass'\\ncutoff_hz = 60 | Hz for a rate of 100.0 Hz
        """)
    void refusesWhatItCannotMake(String text, String message) {
        String toml = text.replace("\\n", "\n").replace("bands = 100", "low_hz = 1000");
        assertThatThrownBy(() -> motion(toml))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith("M.toml: features: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((TinytuneException) e).exitCode()).isEqualTo(ExitCode.INVALID_INPUT));
    }
}
