/** Tests of the tasks. */
package org.tinytune.train.task;
