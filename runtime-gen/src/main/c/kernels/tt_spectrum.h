/*
 * Spectra of frames of samples, and logarithms of their power: what features of audio have in common.
 *
 * The input is [samples, channels], the output [frames, features, channels], of int16; each channel is on its own. See
 * PowerSpectrum, Log2 and MelFilterbank in Java for what the numbers mean.
 */
#ifndef TT_SPECTRUM_H
#define TT_SPECTRUM_H

#include "tt_fft.h"
#include "tt_kernel_s16.h"

/* Of all these kernels; a kernel says which fields it leaves out. */
typedef struct {
    int samples;
    int channels;
    int input_ring_rows;
    int frames;
    int features;
    int output_ring_rows;
    int frame_length;
    int frame_stride;
    int fft_length;
    int windowed;
    int pre_emphasis;  /* Q15, at least 0 */
    int sample_bits;   /* that the greatest sample of a frame is shifted up to */
    int32_t reference; /* Q15, added to each logarithm */
    int32_t floor;     /* Q15, the least logarithm */
    int bands;
    int guard_bits; /* that powers are shifted down by before they are added up */
    int32_t first_multiplier;
    int first_shift;
    int32_t other_multiplier;
    int other_shift;
} tt_spectrum_params;

/* The tables, one behind the other in flash, all of int16. */
typedef struct {
    const int16_t *sine;   /* fft_length / 4 + 1 */
    const int16_t *window; /* frame_length / 2 + 1, if windowed: twice the weight of each sample, less 1, in Q15 */
    const int16_t *edges;  /* bands + 2 */
    const int16_t *further;
} tt_spectrum_tables;

TT_KERNEL tt_spectrum_tables tt_tables_of(const tt_spectrum_params *p, const int16_t *tables)
{
    tt_spectrum_tables t;
    t.sine = tables;
    t.window = t.sine + p->fft_length / 4 + 1;
    t.edges = t.window + (p->windowed ? p->frame_length / 2 + 1 : 0);
    t.further = t.edges + p->bands + 2;
    return t;
}

/* The words in a scratch that may begin at any byte and has three to spare. */
TT_KERNEL tt_word *tt_words(int8_t *scratch)
{
    return (tt_word *)(void *)(scratch + ((0u - (uintptr_t)scratch) & (sizeof(tt_word) - 1u)));
}

/* The samples of a frame, which may lie on both ends of a ring. */
typedef struct {
    const int16_t *at;
    const int16_t *end; /* of the ring */
} tt_samples;

TT_KERNEL tt_samples tt_samples_of(const tt_spectrum_params *p, const int16_t *input, int y)
{
    tt_samples s;
    s.end = input + p->input_ring_rows * p->channels;
    s.at = input + tt_row(y * p->frame_stride, p->channels, p->samples, p->input_ring_rows);
    return s;
}

TT_KERNEL int32_t tt_next_sample(const tt_spectrum_params *p, tt_samples *s)
{
    const int32_t sample = *s->at;
    s->at += p->channels;
    if (p->input_ring_rows < p->samples && s->at >= s->end) {
        s->at -= p->input_ring_rows * p->channels;
    }
    return sample;
}

/* The bits of the greatest sample of a frame: all are in [-2^bits, 2^bits]. */
TT_KERNEL int tt_bits_of_frame(const tt_spectrum_params *p, tt_samples s)
{
    int32_t all = 0;
    for (int i = 0; i < p->frame_length; i++) {
        const int32_t x = tt_next_sample(p, &s);
        all |= x ^ (x >> 15);
    }
    return all == 0 ? 0 : 32 - tt_leading_zeros((uint32_t)all);
}

/* The power of a bin, re^2 + im^2 times 2^exponent, in place; both parts in [-2^30, 2^30], about. */
TT_KERNEL void tt_power(tt_word *bin)
{
    uint32_t re = (uint32_t)(bin[0] < 0 ? -bin[0] : bin[0]);
    uint32_t im = (uint32_t)(bin[1] < 0 ? -bin[1] : bin[1]);
    int surplus = 0;
    if ((re | im) >> 15 != 0) {
        surplus = 17 - tt_leading_zeros(re | im);
        re >>= surplus;
        im >>= surplus;
    }
    bin[0] = (int32_t)(re * re + im * im);
    bin[1] = 2 * surplus;
}

/* Half of sample i of a frame, shifted up and weighted. */
TT_KERNEL int32_t tt_weighted_sample(const tt_spectrum_params *p, tt_samples *s, const int16_t *window, int i, int up,
                                     int32_t *before)
{
    const int32_t here = (int32_t)((uint32_t)tt_next_sample(p, s) << up);
    int32_t x = here;
    if (p->pre_emphasis > 0) {
        x -= tt_half_product((int32_t)((uint32_t)*before << 1), p->pre_emphasis);
        *before = here;
    }
    if (!p->windowed) {
        return x >> 1;
    }
    const int mirrored = i <= p->frame_length - i ? i : p->frame_length - i;
    return tt_half_product_add(x >> 1, x, tt_flash_s16(&window[mirrored])) >> 1;
}

/*
 * Of frame y the power of each bin, as mantissa and exponent. Returns by how many bits samples were shifted up, which
 * makes the exponents too great by twice as much.
 */
TT_KERNEL int tt_power_spectrum(const tt_spectrum_params *p, const int16_t *input, int y,
                                const tt_spectrum_tables *tables, tt_word *data)
{
    tt_samples s = tt_samples_of(p, input, y);
    const int up = p->sample_bits - tt_bits_of_frame(p, s);
    int32_t before = (int32_t)((uint32_t)(int32_t)*s.at << up);
    int place = 0;

    for (int i = 0; i < p->fft_length; i++) {
        data[i] = 0;
    }
    for (int i = 0; i < p->frame_length; i += 2) {
        data[place] = tt_weighted_sample(p, &s, tables->window, i, up, &before);
        if (i + 1 < p->frame_length) {
            data[place + 1] = tt_weighted_sample(p, &s, tables->window, i + 1, up, &before);
        }
        place = tt_fft_next_place(place, p->fft_length);
    }
    tt_real_fft(data, tables->sine, p->fft_length);
    for (int k = 0; k <= p->fft_length / 2; k++) {
        tt_power(data + 2 * k);
    }
    return up;
}

/* The logarithm of x to the base 2, in Q15; x above 0. See Log2. */
TT_SHARED int32_t tt_log2(uint32_t x)
{
    const int zeros = tt_leading_zeros(x);
    const int32_t f = (int32_t)((x << zeros) >> 16 & 0x7fffu);
    const int32_t bow = (f * (0x8000 - f)) >> 15;
    int32_t p = -1479;
    p = 4864 + ((p * f) >> 15);
    p = -8755 + ((p * f) >> 15);
    p = 14481 + ((p * f) >> 15);
    return (int32_t)(31 - zeros) * 0x8000 + f + ((bow * p) >> 15);
}

/* The logarithm of mantissa times 2^exponent, with a reference, at least the floor. */
TT_KERNEL int32_t tt_log_at_least(int32_t floor, uint32_t mantissa, int exponent, int32_t reference)
{
    if (mantissa == 0) {
        return floor;
    }
    const int32_t log = tt_log2(mantissa) + exponent * INT32_C(0x8000) + reference;
    return log < floor ? floor : log;
}

/* A logarithm as a feature: in Q8, rounded to nearest, ties up. */
TT_KERNEL int16_t tt_log_feature(int32_t log)
{
    return (int16_t)((log + 64) >> 7);
}

TT_KERNEL uint32_t tt_shifted_right(uint32_t x, int bits)
{
    return bits < 32 ? x >> bits : 0;
}

/* Of a part of the spectrum, where one band rises and the one before falls: the power in both, times 2^exponent. */
typedef struct {
    uint32_t rise;
    uint32_t fall;
    int exponent;
} tt_segment;

TT_KERNEL tt_segment tt_segment_of(const tt_spectrum_params *p, const tt_word *bin, const tt_word *end,
                                   const int16_t *weights)
{
    tt_segment s = {0, 0, 0};
    for (const tt_word *at = bin; at < end; at += 2) {
        s.exponent = at[1] > s.exponent ? (int)at[1] : s.exponent;
    }
    const int shift = s.exponent + p->guard_bits;
    for (; bin < end; bin += 2) {
        const uint32_t power = tt_shifted_right((uint32_t)bin[0], shift - (int)bin[1]);
        const uint32_t part = (uint32_t)tt_half_product((int32_t)power, tt_flash_s16(weights));
        s.rise += part;
        s.fall += (power >> 1) - part;
        weights++;
    }
    return s;
}

/*
 * From powers to the logarithms of those in bands, from the first word on: of each band when its last bin has been read,
 * which lies behind, as no band is empty. further: in flash, the weight of each bin from the first edge on.
 */
TT_KERNEL void tt_mel_logs(const tt_spectrum_params *p, const tt_spectrum_tables *tables, int up, tt_word *data)
{
    const int16_t *weights = tables->further;
    int bin = tt_flash_s16(&tables->edges[0]);
    tt_segment rising = {0, 0, 0};

    for (int band = -1; band < p->bands; band++) {
        const int end = tt_flash_s16(&tables->edges[band + 2]);
        const tt_segment falling = tt_segment_of(p, data + 2 * bin, data + 2 * end, weights);
        if (band >= 0) {
            const int exponent = rising.exponent > falling.exponent ? rising.exponent : falling.exponent;
            const uint32_t power = tt_shifted_right(rising.rise, exponent - rising.exponent)
                + tt_shifted_right(falling.fall, exponent - falling.exponent);
            data[band] =
                tt_log_at_least(p->floor, power, exponent + p->guard_bits + 1 - 2 * up, p->reference);
        }
        weights += end - bin;
        bin = end;
        rising = falling;
    }
}

#endif
