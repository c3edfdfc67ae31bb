/**
 * The first promise: what is trained is what is shipped. Networks trained on the bundled digits give the same integers,
 * operator by operator, in a training step, in the simulator, in the reference interpreter, in C and on boards.
 */
package org.tinytune.test.digits;
