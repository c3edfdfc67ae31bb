/** Tests of the metrics. */
package org.tinytune.train.metric;
