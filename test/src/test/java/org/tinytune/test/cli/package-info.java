/** The program as its users meet it: a process with arguments, streams and an exit code. */
package org.tinytune.test.cli;
