/*
 * Kernels on vectors: sixteen products an instruction, whose sum is added to a register. Such a sum has four channels
 * at two positions for company, so that what is loaded serves often.
 *
 * Weights are packed at export. Channels come in groups of four and taps in vectors of 16, both filled up with 0: for
 * each vector of taps there are 16 weights of the first channel, of the second, and so on.
 *
 * Parameters are nine words a group: four biases, four multipliers, and a byte for each shift. A multiplier is in
 * [2^30, 2^31) or 0, and a shift to the right by at least one: only then is rounding ties away from zero the same as
 * lowering what is negative by 1 and rounding ties up, which is one instruction. Where a ReLU follows, what is below 0
 * does not count and is not lowered.
 */
#ifndef TT_VECTORS_H
#define TT_VECTORS_H

#include "tt_kernel.h"

#if !defined(TT_HAS_COPY_BYTES)
/* Copies n bytes, or none; gives where the copy ends. */
TT_KERNEL int8_t *tt_copy_bytes(int8_t *to, const int8_t *from, int n)
{
    for (int i = 0; i < n; i++) {
        to[i] = from[i];
    }
    return to + n;
}

/* Stores n bytes of that value; gives where they end. */
TT_KERNEL int8_t *tt_fill_bytes(int8_t *to, int value, int n)
{
    for (int i = 0; i < n; i++) {
        to[i] = (int8_t)value;
    }
    return to + n;
}
#endif

#if !defined(TT_HAS_PLACE_PIXELS)
/* Copies pixels of so many bytes, at least one pixel, from places that are from_step apart to some to_step apart. */
TT_SHARED void tt_place_pixels(int8_t *to, int to_step, const int8_t *from, int from_step, int bytes, int pixels)
{
    for (; pixels > 0; pixels--) {
        (void)tt_copy_bytes(to, from, bytes);
        to += to_step;
        from += from_step;
    }
}
#endif

#if !defined(TT_HAS_SPREAD_PIXELS)
/*
 * The same for n bytes of small pixels side by side, whose places are `times` as far apart: at most 8 bytes a pixel,
 * and 16 times. If it does not move, they have the first bytes of `from` for all, which are those of 16 bytes.
 */
TT_SHARED void tt_spread_pixels(int8_t *to, int times, const int8_t *from, int moves, int bytes, int n)
{
    for (int i = 0; i < n; i++) {
        to[(i - i % bytes) * times + i % bytes] = from[i & moves];
    }
}
#endif

#if !defined(TT_HAS_ROWS_4)
/* Adds the products of x with four rows of n weights to four sums. */
TT_KERNEL void tt_dot_rows_4(int32_t *sums, const int8_t *x, const int8_t *const *rows, int n)
{
    for (int c = 0; c < 4; c++) {
        sums[c] = tt_dot_s8(sums[c], x, rows[c], n);
    }
}
#endif

#if !defined(TT_HAS_INTERLEAVE_4)
/* Byte i of all four rows, then byte i + 1; i < n. A row that does not move has one byte for all. */
TT_KERNEL void tt_interleave_4(int8_t *to, const tt_four_rows *rows, int n)
{
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 4; k++) {
            *to++ = rows->begin[k][i & rows->moves[k]];
        }
    }
}
#endif

#if !defined(TT_HAS_POSITIONS)
/* The output of channel c's sum. */
TT_KERNEL int8_t tt_vector_output(const tt_vector_row *r, const tt_outputs *o, int32_t sum, int c)
{
    const int32_t *group = r->parameters + c / 4 * 9;
    const int shift = (int8_t)(uint8_t)((uint32_t)group[8] >> 8 * (c % 4) & 0xffu);
    return tt_output_s8(sum, group[4 + c % 4], shift, o->zero_point, o->activation_min, o->activation_max);
}

/* All channels at one position, where all see the same vectors. */
TT_KERNEL void tt_vector_column_of_1(tt_vector_row *r, const tt_outputs *o, int relu)
{
    (void)relu; /* whether the layer ends in a ReLU, which a target may know a shorter way for */
    for (int c = 0; c < o->channels; c++) {
        const int8_t *weights = r->weights + 16 * (c / 4 * 4 * r->vectors + c % 4);
        int32_t sum = r->parameters[c / 4 * 9 + c % 4];
        for (int v = 0; v < r->vectors; v++) {
            sum = tt_dot_s8(sum, r->x[0] + 16 * v, weights + 64 * v, 16);
        }
        r->output[0][c] = tt_vector_output(r, o, sum, c);
    }
}

/* The same where channel c sees 4 columns of 4 bytes at x + 4 * c, a column every `step` bytes. */
TT_KERNEL void tt_vector_window_of_1(tt_vector_row *r, const tt_outputs *o, int relu)
{
    (void)relu;
    for (int c = 0; c < o->channels; c++) {
        const int32_t sum = tt_dot_window_s8(r->parameters[c / 4 * 9 + c % 4], r->x[0] + 4 * c, 1, r->step,
                                             r->weights + 16 * c, 4, 4, 4);
        r->output[0][c] = tt_vector_output(r, o, sum, c);
    }
}

/* To the second of two positions; from there to the first of the next two. */
TT_KERNEL void tt_next_position(tt_vector_row *r, const tt_outputs *o)
{
    const int8_t *x = r->x[0];
    int8_t *output = r->output[0];
    r->x[0] = r->x[1];
    r->x[1] = x + r->x_step;
    r->output[0] = r->output[1];
    r->output[1] = output + 2 * o->channels;
}

/* All pairs of positions; there are some. */
TT_KERNEL void tt_vector_columns_of_2(tt_vector_row *r, const tt_outputs *o, int relu)
{
    for (int i = 0; i < 2 * r->pairs; i++) {
        tt_vector_column_of_1(r, o, relu);
        tt_next_position(r, o);
    }
}

TT_KERNEL void tt_vector_windows_of_2(tt_vector_row *r, const tt_outputs *o, int relu)
{
    for (int i = 0; i < 2 * r->pairs; i++) {
        tt_vector_window_of_1(r, o, relu);
        tt_next_position(r, o);
    }
}
#endif

/* What positions see: vectors that all channels share, or a window a channel. */
typedef enum { TT_COLUMNS, TT_WINDOWS } tt_vector_taps;

/* So many positions, x_step apart in the input, side by side in the output. */
TT_KERNEL void tt_row_of_positions(const tt_outputs *o, const tt_vector_row *row, int positions, tt_vector_taps taps,
                                   int relu)
{
    const tt_outputs layer = *o; /* a copy, which no write of an output can change */
    tt_vector_row r = *row;
    r.x[1] = r.x[0] + r.x_step;
    r.output[1] = r.output[0] + layer.channels;
    r.x_step *= 2;
    r.pairs = positions / 2;
    if (r.pairs > 0 && taps == TT_COLUMNS) {
        tt_vector_columns_of_2(&r, &layer, relu);
    } else if (r.pairs > 0) {
        tt_vector_windows_of_2(&r, &layer, relu);
    }
    if (positions % 2 > 0 && taps == TT_COLUMNS) {
        tt_vector_column_of_1(&r, &layer, relu);
    } else if (positions % 2 > 0) {
        tt_vector_window_of_1(&r, &layer, relu);
    }
}

/* The same, compiled once for all layers that end in a ReLU, and once for all others. */
#define TT_ROW_OF_POSITIONS(name, taps, relu)                                                                         \
    TT_SHARED void name(const tt_outputs *o, const tt_vector_row *row, int positions)                                 \
    {                                                                                                                 \
        tt_row_of_positions(o, row, positions, taps, relu);                                                           \
    }
TT_ROW_OF_POSITIONS(tt_row_of_columns_relu, TT_COLUMNS, 1)
TT_ROW_OF_POSITIONS(tt_row_of_columns_any, TT_COLUMNS, 0)
TT_ROW_OF_POSITIONS(tt_row_of_windows_relu, TT_WINDOWS, 1)
TT_ROW_OF_POSITIONS(tt_row_of_windows_any, TT_WINDOWS, 0)

#endif
