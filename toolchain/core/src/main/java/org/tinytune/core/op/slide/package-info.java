/** {@code SLIDE}: the window over the latest rows, and graphs that use a model on one. */
package org.tinytune.core.op.slide;
