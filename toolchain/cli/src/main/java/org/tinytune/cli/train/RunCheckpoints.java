package org.tinytune.cli.train;

import java.util.Map;
import java.util.Optional;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.train.Checkpoint;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.checkpoint.CheckpointFile;

/**
 * The checkpoint of a training in the folder of its run, where another run may have left one that is to be replaced.
 */
final class RunCheckpoints implements Checkpoints {
    private final RunFolder folder;
    private final String name;
    private final CheckpointFile file;
    private final boolean anew;

    /**
     * @param name of the file
     * @param settings what the training follows from
     * @param anew whether the training begins anew, whatever is there
     */
    RunCheckpoints(RunFolder folder, String name, Map<String, String> settings, boolean anew) {
        this.folder = folder;
        this.name = name;
        this.file = new CheckpointFile(folder.folder().resolve(name), settings);
        this.anew = anew;
    }

    @Override
    public Optional<Checkpoint> latest() {
        return anew ? Optional.empty() : file.latest();
    }

    @Override
    public void save(Checkpoint checkpoint) {
        file.save(checkpoint);
        folder.begun(name);
    }
}
