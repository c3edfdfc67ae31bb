/*
 * STATISTICS: of each channel of a frame of readings, [samples, 1, channels] of int16, the mean, the range, the deviation
 * and the like. An output row is a frame: [statistics, channels].
 */
#ifndef TT_STATISTICS_S16_H
#define TT_STATISTICS_S16_H

#include "tt_moments.h"

/* Fractional bits of readings where the mean is subtracted. */
#define TT_READING_BITS 14

typedef struct {
    int samples; /* of the input, of which some are held */
    int channels;
    int input_ring_rows;
    int frames;
    int output_ring_rows;
    int length; /* of a frame, at most 2^14 */
    int stride; /* from a frame to the next */
    int mean;   /* from here on: whether the output has it */
    int minimum;
    int maximum;
    int root_mean_square;
    int deviation;
    int skewness;
    int kurtosis;
    int crossings;
} tt_statistics_s16_params;

/* A root of 16 bits divided by 2^shift, to the nearest. */
TT_KERNEL int16_t tt_rounded_root(uint32_t root, int shift)
{
    return tt_clamp_s16((int32_t)((root + (UINT32_C(1) << shift >> 1)) >> shift), 0, INT16_MAX);
}

/* The statistics of one channel, whose first reading is at `first` of the ring and the others `channels` apart. */
TT_KERNEL void tt_statistics_channel_s16(const tt_statistics_s16_params *p, const int16_t *input, int first,
                                         int16_t *out)
{
    const uint16_t n = (uint16_t)p->length;
    int32_t sum = 0;
    uint64_t squares = 0;
    int16_t least = INT16_MAX;
    int16_t greatest = INT16_MIN;
    int at = first;
    for (int i = 0; i < p->length; i++) {
        const int16_t x = input[at];
        sum += x;
        least = x < least ? x : least;
        greatest = x > greatest ? x : greatest;
        if (p->root_mean_square) {
            squares += (uint32_t)((int32_t)x * x);
        }
        at = tt_row_below(at, 1, p->channels, p->samples, p->input_ring_rows);
    }
    const int32_t unit = INT32_C(1) << TT_READING_BITS;
    const tt_center center = tt_center_of((int64_t)sum * unit, least * unit, greatest * unit, n);

    tt_power_sums powers = {0, 0, 0};
    int crossings = 0;
    if (p->deviation || p->skewness || p->kurtosis || p->crossings) {
        int before = input[first] * unit > center.mean;
        at = first;
        for (int i = 0; i < p->length; i++) {
            const int32_t fine = input[at] * unit;
            tt_add_powers(&powers, tt_deviation(&center, fine - center.mean));
            crossings += before != (fine > center.mean);
            before = fine > center.mean;
            at = tt_row_below(at, 1, p->channels, p->samples, p->input_ring_rows);
        }
    }

    if (p->mean) {
        *out = (int16_t)((center.mean + unit / 2) >> TT_READING_BITS);
        out += p->channels;
    }
    if (p->minimum) {
        *out = least;
        out += p->channels;
    }
    if (p->maximum) {
        *out = greatest;
        out += p->channels;
    }
    if (p->root_mean_square) {
        const tt_scaled_mean square = tt_mean_of(squares, n);
        *out = tt_rounded_root(tt_root(square.value), square.shift / 2);
        out += p->channels;
    }
    if (p->deviation) {
        const tt_scaled_mean variance = tt_mean_of(powers.second, n);
        *out = tt_rounded_root(tt_root(variance.value), TT_READING_BITS - center.shift + variance.shift / 2);
        out += p->channels;
    }
    if (p->skewness) {
        *out = tt_skewness(&powers, n);
        out += p->channels;
    }
    if (p->kurtosis) {
        *out = tt_kurtosis(&powers, n);
        out += p->channels;
    }
    if (p->crossings) {
        *out = (int16_t)crossings;
    }
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_statistics_s16(const tt_statistics_s16_params *p, const int16_t *input, int16_t *output,
                                 int row_begin, int row_end)
{
    const int statistics = p->mean + p->minimum + p->maximum + p->root_mean_square + p->deviation + p->skewness
                           + p->kurtosis + p->crossings;

    for (int y = row_begin; y < row_end; y++) {
        const int first = tt_row(y * p->stride, p->channels, p->samples, p->input_ring_rows);
        int16_t *out = output + tt_row(y, statistics * p->channels, p->frames, p->output_ring_rows);
        for (int c = 0; c < p->channels; c++) {
            tt_statistics_channel_s16(p, input, first + c, out + c);
        }
    }
}

#endif
