package org.tinytune.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.tinytune.data.Dataset;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;

/**
 * What is trained on what.
 *
 * @param data where the data set was read from
 * @param recordings how the user said that recordings are read
 * @param dataset the data set
 * @param file that declares the network
 * @param training of it, still without its teacher
 * @param seed of everything
 * @param teacher that it learns from, if any
 */
record TrainRun(
        Path data,
        RecordingOptions recordings,
        Dataset dataset,
        ModelFile file,
        DeclaredTraining training,
        long seed,
        Optional<TeacherSource> teacher) {}
