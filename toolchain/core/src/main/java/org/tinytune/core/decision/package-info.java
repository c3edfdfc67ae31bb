/**
 * From a classifier's output to what a program acts on, in integers alone: scores of classes, and the events that
 * scores which follow each other make. Generated C does the same, bit for bit. Depends on {@code op} and what that
 * depends on.
 */
package org.tinytune.core.decision;
