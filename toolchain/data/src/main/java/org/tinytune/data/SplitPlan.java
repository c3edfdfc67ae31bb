package org.tinytune.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which way a data set is to be divided; its text is what {@code dataset.toml} and {@code --split} say.
 *
 * @param method how the test part is chosen
 * @param folds how many there are, in [2, 1000]; 0 if there are none
 * @param fold which one is tested, in [1, folds]; 0 if there are none
 * @param group that is tested, by {@link Method#GROUP}
 */
public record SplitPlan(Method method, int folds, int fold, Optional<String> group) {
    /** Ways of choosing the test part. */
    public enum Method {
        /** At random, each class at its share, whole groups where there are some. */
        STRATIFIED,
        /** By a hash of each sample or group alone, so that it stays where it is whatever is added. */
        STABLE,
        /** One of several stratified folds. */
        KFOLD,
        /** The end of each recording, or a block of it: what is trained on came before. */
        FORWARD,
        /** A group, by name. */
        GROUP
    }

    /** What is done if nothing is said. */
    public static final SplitPlan STRATIFIED = plain(Method.STRATIFIED);

    private static final int MAX_FOLDS = 1000;
    private static final Pattern FOLDS = Pattern.compile("(kfold|forward):([0-9]{1,4})/([0-9]{1,4})");
    private static final String GROUP_PREFIX = "group:";

    /**
     * Checks the folds.
     *
     * @throws IllegalArgumentException with one line for the user if there are too few or too many, or the tested one
     *     is none of them
     */
    public SplitPlan {
        if (folds != 0 && (folds < 2 || folds > MAX_FOLDS)) {
            throw new IllegalArgumentException(folds + " folds: give 2 to " + MAX_FOLDS);
        }
        if (folds != 0 && (fold < 1 || fold > folds)) {
            throw new IllegalArgumentException(
                    "fold " + fold + " of " + folds + ": they are counted from 1 to " + folds);
        }
    }

    /** By a method that needs no more to be said. */
    public static SplitPlan plain(Method method) {
        return new SplitPlan(method, 0, 0, Optional.empty());
    }

    /** With the group of that name as the test part. */
    public static SplitPlan leaveOut(String group) {
        return new SplitPlan(Method.GROUP, 0, 0, Optional.of(group));
    }

    /** With one of {@code folds} stratified folds as the test part, counted from 1. */
    public static SplitPlan kFold(int folds, int fold) {
        return new SplitPlan(Method.KFOLD, folds, fold, Optional.empty());
    }

    /**
     * With every recording cut into {@code folds + 1} blocks: block {@code fold + 1} is tested, those before it are
     * trained on, those behind it are left out.
     */
    public static SplitPlan forward(int folds, int fold) {
        return new SplitPlan(Method.FORWARD, folds, fold, Optional.empty());
    }

    /**
     * The plan of a text.
     *
     * @throws IllegalArgumentException with one line for the user if it is none
     */
    public static SplitPlan parse(String text) {
        Matcher folds = FOLDS.matcher(text);
        if (folds.matches()) {
            int count = Integer.parseInt(folds.group(2));
            int tested = Integer.parseInt(folds.group(3));
            if (count == 0) {
                throw new IllegalArgumentException("0 folds: give 2 to " + MAX_FOLDS);
            }
            return folds.group(1).equals("kfold") ? kFold(count, tested) : forward(count, tested);
        }
        if (text.startsWith(GROUP_PREFIX) && text.length() > GROUP_PREFIX.length()) {
            return leaveOut(text.substring(GROUP_PREFIX.length()));
        }
        return switch (text) {
            case "stratified" -> STRATIFIED;
            case "stable" -> plain(Method.STABLE);
            case "forward" -> plain(Method.FORWARD);
            default ->
                throw new IllegalArgumentException("'" + text + "' is no way to divide data: give stratified,"
                        + " stable, forward, kfold:K/I, forward:K/I or group:NAME");
        };
    }

    /** Whether it says by itself which samples are tested, so that no test part can come with the data. */
    public boolean choosesTest() {
        return method == Method.GROUP || folds > 0;
    }

    /** The text that {@link #parse} takes. */
    @Override
    public String toString() {
        return switch (method) {
            case STRATIFIED -> "stratified";
            case STABLE -> "stable";
            case KFOLD -> "kfold:" + folds + "/" + fold;
            case FORWARD -> folds == 0 ? "forward" : "forward:" + folds + "/" + fold;
            case GROUP -> GROUP_PREFIX + group.orElseThrow();
        };
    }
}
