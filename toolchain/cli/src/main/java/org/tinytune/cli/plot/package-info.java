/**
 * Pictures of a data set. Each is SVG, whose colors are names of a {@link org.tinytune.cli.plot.Palette}: a page gives
 * them two meanings, for light and for dark screens, and a PNG file the light one.
 *
 * <p>Lengths are in pixels of a page that is not scaled. The same data, options and seed give the same pictures.
 */
package org.tinytune.cli.plot;
