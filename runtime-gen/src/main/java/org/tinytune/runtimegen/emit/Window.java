package org.tinytune.runtimegen.emit;

import org.tinytune.core.op.SlidingWindow;

/** A window that slides over an image, as the kernels take it. */
record Window(SlidingWindow rows, SlidingWindow columns) {

    /** Adds the filter's extents and strides. */
    void addFilter(KernelCall.Builder call) {
        call.geometry("filter_height", rows.taps())
                .geometry("filter_width", columns.taps())
                .geometry("stride_height", rows.stride())
                .geometry("stride_width", columns.stride());
    }

    /** Adds the dilation. */
    void addDilation(KernelCall.Builder call) {
        call.geometry("dilation_height", rows.dilation()).geometry("dilation_width", columns.dilation());
    }

    /** Adds the padding. */
    void addPadding(KernelCall.Builder call) {
        call.geometry("padding_top", rows.before())
                .geometry("padding_left", columns.before())
                .geometry("padded", isPadded() ? 1 : 0);
    }

    /** Whether any window reaches over the border. */
    boolean isPadded() {
        return reachesOut(rows) || reachesOut(columns);
    }

    /** How far the last window would reach behind the input if it had so many taps. */
    static int after(SlidingWindow w, int taps) {
        int end = (w.output() - 1) * w.stride() - w.before() + (taps - 1) * w.dilation() + 1;
        return Math.max(0, end - w.input());
    }

    /** How far the last window reaches over the border on the right. */
    int paddingRight() {
        return after(columns, columns.taps());
    }

    /** As in {@code 3x3 window, stride 2x2, padded}. */
    String summary() {
        StringBuilder text = new StringBuilder();
        text.append(rows.taps()).append('x').append(columns.taps()).append(" window");
        text.append(", stride ").append(rows.stride()).append('x').append(columns.stride());
        if (rows.dilation() > 1 || columns.dilation() > 1) {
            text.append(", dilation ").append(rows.dilation()).append('x').append(columns.dilation());
        }
        return text.append(isPadded() ? ", padded" : "").toString();
    }

    private static boolean reachesOut(SlidingWindow w) {
        int last = w.output() - 1;
        return w.firstTap(0) > 0 || w.endTap(0) < w.taps() || w.endTap(last) < w.taps();
    }
}
