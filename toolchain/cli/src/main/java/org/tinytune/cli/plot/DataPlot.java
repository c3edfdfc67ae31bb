package org.tinytune.cli.plot;

import java.util.List;
import org.tinytune.data.Dataset;

/** Draws what a data set holds. */
public final class DataPlot {
    /** More make a page that nobody looks through. */
    public static final int MAX_CLASSES = 60;

    private final String title;
    private final List<PlotClass> classes;
    private final int hiddenClasses;
    private final Pictures pictures;

    private DataPlot(String title, List<PlotClass> classes, int hiddenClasses, Pictures pictures) {
        this.title = title;
        this.classes = classes;
        this.hiddenClasses = hiddenClasses;
        this.pictures = pictures;
    }

    /** How samples look. */
    private enum Kind {
        SIGNAL,
        IMAGE,
        FEATURES;

        static Kind of(Dataset dataset) {
            if (dataset.signal().isPresent()) {
                return SIGNAL;
            }
            return dataset.shape().rank() == 3 && dataset.shape().dim(1) > 1 ? IMAGE : FEATURES;
        }

        int usualSamples() {
            return this == IMAGE ? 8 : 3;
        }
    }

    /** The samples of a class that are shown if nobody says how many. */
    public static int usualSamples(Dataset dataset) {
        return Kind.of(dataset).usualSamples();
    }

    /**
     * Draws.
     *
     * @param labels classes to show, all of them labels of the data set; none for all, up to {@link #MAX_CLASSES}
     * @param samples to show of each, drawn at random
     * @param seed of the draw
     */
    public static DataPlot of(Dataset dataset, List<String> labels, int samples, long seed) {
        List<PlotClass> all = PlotClass.of(dataset, labels, samples, seed);
        List<PlotClass> shown = all.subList(0, Math.min(MAX_CLASSES, all.size()));
        Pictures pictures = switch (Kind.of(dataset)) {
            case SIGNAL -> SignalPictures.of(dataset, shown);
            case IMAGE -> ImagePictures.of(dataset, shown);
            case FEATURES -> FeaturePictures.of(dataset, shown);
        };
        return new DataPlot(dataset.card().name(), shown, all.size() - shown.size(), pictures);
    }

    /** The labels of the classes that are shown; one of its own if there are no classes. */
    public List<String> labels() {
        return classes.stream().map(PlotClass::label).toList();
    }

    /** Classes that were to be shown, and are too many. */
    public int hiddenClasses() {
        return hiddenClasses;
    }

    /** A page. */
    public String html() {
        return PlotPage.html(title, pictures);
    }

    /** One picture, as a PNG file. */
    public byte[] png() {
        return PlotImage.png(title, pictures);
    }
}
