/*
 * MEAN over any of the extents of [H, W, C], int16. An extent that is averaged away has kept_... = 1 and mean_... its
 * size, one that stays has it the other way round.
 */
#ifndef TT_MEAN_S16_H
#define TT_MEAN_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int kept_height;
    int kept_width;
    int kept_channels;
    int mean_height;
    int mean_width;
    int mean_channels;
    int output_ring_rows;
    int32_t multiplier; /* from the sum to the output's scale, the division by the number of elements included */
    int shift;
} tt_mean_s16_params;

/* Output rows row_begin to row_end - 1; the input is held whole. */
TT_KERNEL void tt_mean_s16(const tt_mean_s16_params *p, const int16_t *input, int16_t *output, int row_begin,
                           int row_end)
{
    const int width = p->kept_width * p->mean_width;
    const int channels = p->kept_channels * p->mean_channels;

    for (int y = row_begin; y < row_end; y++) {
        int16_t *out = output + tt_row(y, p->kept_width * p->kept_channels, p->kept_height, p->output_ring_rows);
        for (int x = 0; x < p->kept_width; x++) {
            for (int c = 0; c < p->kept_channels; c++) {
                int32_t acc = 0;
                for (int my = 0; my < p->mean_height; my++) {
                    for (int mx = 0; mx < p->mean_width; mx++) {
                        const int16_t *in = input + ((y + my) * width + x + mx) * channels + c;
                        for (int mc = 0; mc < p->mean_channels; mc++) {
                            acc += *in++;
                        }
                    }
                }
                *out++ = tt_clamp_s16(tt_requantize(acc, p->multiplier, p->shift), -32768, 32767);
            }
        }
    }
}

#endif
