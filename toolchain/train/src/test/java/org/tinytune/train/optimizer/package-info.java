/** Tests of the update rules and schedules. */
package org.tinytune.train.optimizer;
