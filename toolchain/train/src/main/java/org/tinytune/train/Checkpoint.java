package org.tinytune.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.network.Parameters.Snapshot;
import org.tinytune.train.optimizer.Resumable;

/**
 * A training at the end of an epoch: everything that decides how it goes on. Restored into a training of the same
 * network, samples, configuration and seed, it leads to the same bytes as if that had never stopped.
 *
 * <p>As bytes, in the order of the components and in the notation of {@link DataOutput}: an enum as its name, a list or
 * an array headed by its length, an optional text as the text or as nothing, a snapshot as its two arrays of floats.
 * Checked by: CheckpointTest, TrainerResumeTest.
 *
 * @param phase that the epoch belongs to
 * @param finished what came before it: the phase in float and rounds of pruning, in order
 * @param history of the phase so far
 * @param weights and running averages as they are now
 * @param best those of the best epoch of the phase
 * @param bestEpoch of the phase
 * @param patienceSince the epoch that renewed patience last
 * @param firstLoss of the first batch of the phase; NaN before it
 * @param order of the training samples, which the next epoch shuffles on
 * @param optimizer what the optimizer remembers
 * @param schedule what the schedule remembers
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Checkpoint(
        Phase phase,
        List<Finished> finished,
        List<Epoch> history,
        Snapshot weights,
        Snapshot best,
        Epoch bestEpoch,
        Epoch patienceSince,
        double firstLoss,
        int[] order,
        byte[] optimizer,
        byte[] schedule) {
    /** More than any file is long: what is longer is no length, but damage. */
    private static final int MAX_LENGTH = 1 << 28;

    /** Keeps copies of lists. */
    public Checkpoint {
        finished = List.copyOf(finished);
        history = List.copyOf(history);
    }

    /**
     * A phase that is over, or one of its rounds.
     *
     * @param phase which
     * @param history of its epochs; empty if it had none
     * @param parameters that it left
     * @param note what went otherwise than was asked for, if anything
     */
    public record Finished(Phase phase, List<Epoch> history, Snapshot parameters, Optional<String> note) {
        /** Keeps copies of lists. */
        public Finished {
            history = List.copyOf(history);
        }

        private void write(DataOutput out) throws IOException {
            out.writeUTF(phase.name());
            Checkpoint.write(history, out);
            parameters.write(out);
            out.writeUTF(note.orElse(""));
        }

        private static Finished read(DataInput in) throws IOException {
            Phase phase = readPhase(in);
            return new Finished(
                    phase,
                    readHistory(in, phase),
                    Snapshot.read(in),
                    Optional.of(in.readUTF()).filter(note -> !note.isEmpty()));
        }
    }

    /** The last epoch that had ended. */
    public Epoch epoch() {
        return history.get(history.size() - 1);
    }

    /** What something remembers, as bytes. */
    static byte[] saved(Resumable resumable) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            resumable.save(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Gives back what was remembered.
     *
     * @throws IOException if it was something else's
     */
    static void restore(Resumable resumable, byte[] saved) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
        resumable.restore(in);
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes are left over");
        }
    }

    /** Writes all of it. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(phase.name());
        out.writeInt(finished.size());
        for (Finished before : finished) {
            before.write(out);
        }
        write(history, out);
        weights.write(out);
        best.write(out);
        write(bestEpoch, out);
        write(patienceSince, out);
        out.writeDouble(firstLoss);
        out.writeInt(order.length);
        for (int sample : order) {
            out.writeInt(sample);
        }
        write(optimizer, out);
        write(schedule, out);
    }

    private static void write(List<Epoch> epochs, DataOutput out) throws IOException {
        out.writeInt(epochs.size());
        for (Epoch epoch : epochs) {
            write(epoch, out);
        }
    }

    private static void write(Epoch epoch, DataOutput out) throws IOException {
        out.writeUTF(epoch.phase().name());
        out.writeInt(epoch.number());
        out.writeDouble(epoch.trainingLoss());
        out.writeDouble(epoch.trainingScore());
        out.writeDouble(epoch.validationLoss());
        out.writeDouble(epoch.validationScore());
    }

    private static void write(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IOException if it is something else
     */
    public static Checkpoint read(DataInput in) throws IOException {
        Phase phase = readPhase(in);
        List<Finished> finished = readFinished(in);
        if (finished.isEmpty() != (phase == Phase.FLOAT)) {
            throw new IOException("it has weights of the wrong phases");
        }
        List<Epoch> history = readHistory(in, phase);
        if (history.isEmpty()) {
            throw new IOException("it has no epoch");
        }
        return new Checkpoint(
                phase,
                finished,
                history,
                Snapshot.read(in),
                Snapshot.read(in),
                readEpoch(in),
                readEpoch(in),
                in.readDouble(),
                readOrder(in),
                readBytes(in),
                readBytes(in));
    }

    private static List<Finished> readFinished(DataInput in) throws IOException {
        List<Finished> finished = new ArrayList<>();
        for (int left = readLength(in); left > 0; left--) {
            finished.add(Finished.read(in));
        }
        return finished;
    }

    private static List<Epoch> readHistory(DataInput in, Phase phase) throws IOException {
        List<Epoch> history = new ArrayList<>();
        for (int left = readLength(in); left > 0; left--) {
            Epoch epoch = readEpoch(in);
            if (epoch.phase() != phase) {
                throw new IOException("it has an epoch of the wrong phase");
            }
            history.add(epoch);
        }
        return history;
    }

    private static Epoch readEpoch(DataInput in) throws IOException {
        return new Epoch(
                readPhase(in), in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static Phase readPhase(DataInput in) throws IOException {
        String name = in.readUTF();
        for (Phase phase : Phase.values()) {
            if (phase.name().equals(name)) {
                return phase;
            }
        }
        throw new IOException("there is no phase '" + name + "'");
    }

    private static int readLength(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException(length + " is no length");
        }
        return length;
    }

    private static int[] readOrder(DataInput in) throws IOException {
        int[] order = new int[readLength(in)];
        for (int i = 0; i < order.length; i++) {
            order[i] = in.readInt();
        }
        return order;
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[readLength(in)];
        in.readFully(bytes);
        return bytes;
    }
}
