package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of one tensor are written and read, moment by moment, and so which are in use: from the moment that writes
 * them to the last that reads them. At each moment that is taken together to one range of rows.
 */
final class TensorRows {
    private final List<Access> accesses = new ArrayList<>();
    private int pass = -1;
    private boolean whole;

    /** Rows {@code begin} to {@code end - 1} written or read at a moment. */
    private record Access(int moment, boolean write, int begin, int end) {}

    /**
     * The rows in use.
     *
     * @param first moment at which any are
     * @param begins the first row in use at each moment from then on
     * @param ends one past the last row in use
     */
    record Use(int first, int[] begins, int[] ends) {
        int last() {
            return first + begins.length - 1;
        }

        /** Whether any row is in use at a moment. */
        boolean isUsed(int moment) {
            return first <= moment && moment <= last() && begin(moment) < end(moment);
        }

        int begin(int moment) {
            return begins[moment - first];
        }

        int end(int moment) {
            return ends[moment - first];
        }
    }

    /** Adds rows that are written, at no earlier moment than those before. */
    void write(int moment, int begin, int end) {
        accesses.add(new Access(moment, true, begin, end));
    }

    /** Adds rows that are read, at no earlier moment than those before. */
    void read(int moment, int begin, int end) {
        if (begin < end) {
            accesses.add(new Access(moment, false, begin, end));
        }
    }

    /** Notes by which pass the rows are accessed; a tensor that two passes share is held whole. */
    void touch(Call call) {
        whole |= call.whole() || (pass >= 0 && pass != call.pass());
        pass = call.pass();
    }

    /** Has all rows held. */
    void holdWhole() {
        whole = true;
    }

    /** Whether all rows have to be held at once, however few are in use. */
    boolean isWhole() {
        return whole;
    }

    /** Whether nothing is written or read. */
    boolean isEmpty() {
        return accesses.isEmpty();
    }

    /**
     * Whether another tensor can be written over this one: nothing that it overwrites is read afterwards.
     *
     * @param rowByRow whether each row of the other lies over the same row of this one
     */
    boolean canBeOverwrittenBy(TensorRows other, boolean rowByRow) {
        int i = accesses.size() - 1;
        int begin = Integer.MAX_VALUE;
        int end = Integer.MIN_VALUE;
        for (int k = other.accesses.size() - 1; k >= 0; k--) {
            Access write = other.accesses.get(k);
            if (write.write()) {
                for (; i >= 0 && accesses.get(i).moment() > write.moment(); i--) {
                    begin = Math.min(begin, accesses.get(i).begin());
                    end = Math.max(end, accesses.get(i).end());
                }
                boolean readLater = begin < end;
                if (readLater && !(rowByRow && (begin >= write.end() || write.begin() >= end))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The rows in use. */
    Use use() {
        int first = accesses.get(0).moment();
        int last = accesses.get(accesses.size() - 1).moment();
        int[] begins = new int[last - first + 1];
        int[] ends = new int[last - first + 1];
        setStillRead(first, begins, ends);
        cutToWritten(first, begins, ends);
        return new Use(first, begins, ends);
    }

    /** At each moment, the rows that are read then or later. */
    private void setStillRead(int first, int[] begins, int[] ends) {
        int i = accesses.size() - 1;
        int begin = Integer.MAX_VALUE;
        int end = 0;
        for (int m = begins.length - 1; m >= 0; m--) {
            for (; i >= 0 && accesses.get(i).moment() >= first + m; i--) {
                Access access = accesses.get(i);
                if (!access.write()) {
                    begin = Math.min(begin, access.begin());
                    end = Math.max(end, access.end());
                }
            }
            begins[m] = begin;
            ends[m] = end;
        }
    }

    /** Of these, the rows that are written by then, and those that are written at the moment, whoever reads them. */
    private void cutToWritten(int first, int[] begins, int[] ends) {
        int i = 0;
        int begin = Integer.MAX_VALUE;
        int end = 0;
        for (int m = 0; m < begins.length; m++) {
            int writtenBegin = Integer.MAX_VALUE;
            int writtenEnd = 0;
            for (; i < accesses.size() && accesses.get(i).moment() <= first + m; i++) {
                Access access = accesses.get(i);
                if (access.write()) {
                    writtenBegin = Math.min(writtenBegin, access.begin());
                    writtenEnd = Math.max(writtenEnd, access.end());
                }
            }
            begin = Math.min(begin, writtenBegin);
            end = Math.max(end, writtenEnd);
            begins[m] = Math.max(begins[m], begin);
            ends[m] = Math.min(ends[m], end);
            if (begins[m] >= ends[m]) {
                begins[m] = writtenBegin;
                ends[m] = writtenEnd;
            } else if (writtenBegin < writtenEnd) {
                begins[m] = Math.min(begins[m], writtenBegin);
                ends[m] = Math.max(ends[m], writtenEnd);
            }
        }
    }
}
