/**
 * Model files that were altered on purpose. A valid file is mapped ({@link org.tinytune.test.fuzz.FlatbufferMap}),
 * altered with the map in hand ({@link org.tinytune.test.fuzz.ModelMutator}), and taken through everything that is done
 * with a model ({@link org.tinytune.test.fuzz.Survival}): it is refused in one line, or it works.
 */
package org.tinytune.test.fuzz;
