package org.tinytune.data;

import java.util.Optional;

/**
 * What a data set says of itself; reports quote it.
 *
 * @param name a few words
 * @param licence under which terms it may be used
 * @param citation how its authors wish to be cited
 * @param source where it comes from
 */
public record DatasetCard(String name, Optional<String> licence, Optional<String> citation, Optional<String> source) {

    /** Of a data set that says nothing but its name. */
    public static DatasetCard named(String name) {
        return new DatasetCard(name, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
