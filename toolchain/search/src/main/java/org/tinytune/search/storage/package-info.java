/**
 * Where a study is kept: in memory, or in one SQLite file that is written as the study goes and survives the death of
 * the process at any moment.
 *
 * <p>A storage keeps what it is given and decides nothing; {@link org.tinytune.search.study.Study} does.
 */
package org.tinytune.search.storage;
