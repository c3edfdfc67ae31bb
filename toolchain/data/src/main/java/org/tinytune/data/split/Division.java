package org.tinytune.data.split;

import java.util.BitSet;
import org.tinytune.data.Dataset;

/** One way of choosing which samples are for what. Parts that are empty are told by whoever asks for them. */
interface Division {
    /** The way that the data set asks for. */
    static Division of(Dataset data, SplitOptions options) {
        RandomDivision random = new RandomDivision(data, options);
        return switch (data.splitPlan().method()) {
            case STRATIFIED -> random;
            case STABLE -> new StableDivision(data, options);
            case KFOLD -> new FoldDivision(data, random);
            case FORWARD -> new ForwardDivision(data, options);
            case GROUP -> new GroupDivision(data, random);
        };
    }

    /** Samples to test with, of a data set that comes without a test part; all anomalies that may be in it. */
    BitSet test();

    /**
     * Of the samples that are not for testing, those that may be used at all.
     *
     * @param rest indices into the data set, ascending
     */
    default int[] usable(int[] rest) {
        return rest;
    }

    /**
     * Samples to validate with.
     *
     * @param rest all that may be trained on, ascending, without anomalies
     */
    BitSet validation(int[] rest);

    /**
     * Samples that are not trained on while others are validated with, though they may be once everything has been
     * chosen.
     *
     * @param rest as above
     * @param validation what has been chosen of it
     */
    default BitSet gap(int[] rest, BitSet validation) {
        return new BitSet();
    }
}
