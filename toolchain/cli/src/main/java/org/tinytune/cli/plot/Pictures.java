package org.tinytune.cli.plot;

import java.util.List;
import java.util.Optional;

/**
 * All pictures of a data set.
 *
 * @param explanation what they show, a sentence or two each
 * @param legend what colors mean, if that is not in the pictures themselves
 * @param sections one after the other
 */
record Pictures(List<String> explanation, Optional<Picture> legend, List<Section> sections) {
    /**
     * Pictures that belong together.
     *
     * @param title a label, or what is shown of all
     * @param note of how much there is
     */
    record Section(String title, String note, List<Picture> pictures) {}
}
