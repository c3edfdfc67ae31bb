package org.tinytune.core.op;

import java.util.Arrays;

/**
 * How an image lies in scratch so that windows never meet its border: surrounded by padding, or cut off where no window
 * reaches.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param channels of the image
 * @param top rows of padding above
 * @param left columns of padding to the left
 * @param stagedHeight rows in scratch
 * @param stagedWidth columns in scratch
 */
record Staging(int height, int width, int channels, int top, int left, int stagedHeight, int stagedWidth) {
    /** Elements of one image in scratch. */
    int elements() {
        return stagedHeight * stagedWidth * channels;
    }

    /** Whether the image can be read where it is. */
    boolean isDirect() {
        return top == 0 && left == 0 && stagedHeight == height && stagedWidth == width;
    }

    /** Copies images that lie one behind the other, to where they lie likewise. */
    void copyAll(float[] from, int fromOffset, int count, float[] to, int toOffset, float padding) {
        for (int i = 0; i < count; i++) {
            copy(from, fromOffset + i * height * width * channels, to, toOffset + i * elements(), padding);
        }
    }

    /** Copies one image. */
    private void copy(float[] from, int fromOffset, float[] to, int toOffset, float padding) {
        int pitch = stagedWidth * channels;
        int rows = Math.min(height, stagedHeight - top);
        int copied = Math.min(width, stagedWidth - left) * channels;
        int before = left * channels;
        Arrays.fill(to, toOffset, toOffset + top * pitch, padding);
        int at = toOffset + top * pitch;
        for (int y = 0; y < rows; y++) {
            Arrays.fill(to, at, at + before, padding);
            System.arraycopy(from, fromOffset + y * width * channels, to, at + before, copied);
            Arrays.fill(to, at + before + copied, at + pitch, padding);
            at += pitch;
        }
        Arrays.fill(to, at, toOffset + elements(), padding);
    }
}
