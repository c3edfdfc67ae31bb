/** Channels of activations: which stay or go together, a graph without some of them, and those that are constant. */
package org.tinytune.core.channel;
