/**
 * The layers that a model file may declare, one class each: a type reads its settings and adds nodes to a draft of the
 * graph. A new type is a class and a line in {@link org.tinytune.train.layer.LayerTypes}.
 */
package org.tinytune.train.layer;
