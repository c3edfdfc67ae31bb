/*
 * SPECTRAL_FEATURES: of each channel of a frame of readings, [samples, 1, channels] of int16, power, skewness, kurtosis,
 * peaks of the spectrum and the power of its bins, behind a filter. An output row is a frame: [features, channels]. See
 * FrameSpectrum, AveragedSpectrum and Butterworth.
 */
#ifndef TT_SPECTRAL_FEATURES_S16_H
#define TT_SPECTRAL_FEATURES_S16_H

#include "tt_biquad.h"
#include "tt_moments.h"
#include "tt_spectrum.h"

typedef struct {
    int samples; /* of the input, of which some are held */
    int channels;
    int input_ring_rows;
    int frames;
    int features; /* of a frame */
    int output_ring_rows;
    int frame_length; /* at most 2^14 */
    int frame_stride;
    int sections; /* of the filter; 0 is none */
    int high_pass;
    int fraction_bits; /* of readings where the mean is subtracted */
    int fft_length;
    int windowed;
    int segments;      /* of a frame, each a transform */
    int greatest;      /* whether the greatest of their powers counts, and not the mean */
    int up;            /* bits behind the point of deviations before they are weighted */
    int32_t reference; /* Q15, added to each logarithm */
    int32_t floor;     /* Q15, the least logarithm */
    int32_t scale;     /* Q15, added to what is at least the floor */
    int moments;       /* whether skewness and kurtosis are features */
    int peaks;
    int first_bin;
    int end_bin;
} tt_spectral_features_s16_params;

/* The readings of a channel, filtered or with their fractional bits. sections: in flash. */
TT_KERNEL void tt_filtered_readings(const tt_spectral_features_s16_params *p, const int16_t *input, int first,
                                    const int16_t *sections, tt_word *values)
{
    const int32_t zero = p->sections > 0 ? input[first] : 0;
    int at = first;
    for (int i = 0; i < p->frame_length; i++) {
        values[i] = (input[at] - zero) * (INT32_C(1) << p->fraction_bits);
        at = tt_row_below(at, 1, p->channels, p->samples, p->input_ring_rows);
    }
    for (int s = 0; s < p->sections; s++) {
        tt_biquad(values, p->frame_length, sections + s * TT_BIQUAD_NUMBERS, p->high_pass);
    }
}

/* Values become what they differ from their mean by; returns the exponent of deviations of 16 bits. */
TT_KERNEL int tt_differences(const tt_spectral_features_s16_params *p, tt_word *values, tt_power_sums *powers)
{
    int64_t sum = 0;
    int32_t least = values[0];
    int32_t greatest = values[0];
    for (int i = 0; i < p->frame_length; i++) {
        const int32_t value = values[i];
        sum += value;
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
    }
    const tt_center center = tt_center_of(sum, least, greatest, (uint16_t)p->frame_length);
    for (int i = 0; i < p->frame_length; i++) {
        values[i] -= center.mean;
        tt_add_powers(powers, tt_deviation(&center, values[i]));
    }
    return center.shift;
}

/* The power of each bin, as mantissa and exponent, of a segment of which so many values are there. */
TT_KERNEL void tt_segment_power(const tt_spectral_features_s16_params *p, const tt_word *values, int count, int shift,
                                const int16_t *sine, const int16_t *window, tt_word *data)
{
    const int left = p->up > shift ? p->up - shift : 0;
    const int right = p->up > shift ? 0 : shift - p->up;
    const int32_t half = INT32_C(1) << right >> 1;
    int place = 0;
    for (int i = 0; i < p->fft_length; i++) {
        int32_t x = 0;
        if (i < count) {
            x = (values[i] * (INT32_C(1) << left) + half) >> right;
            const int32_t weighted = p->windowed
                ? tt_half_product_add(x >> 1, x, tt_flash_s16(&window[i <= p->fft_length - i ? i : p->fft_length - i]))
                : x;
            x = weighted >> 1;
        }
        data[place + (i & 1)] = x;
        if ((i & 1) != 0) {
            place = tt_fft_next_place(place, p->fft_length);
        }
    }
    tt_real_fft(data, sine, p->fft_length);
    for (int k = 0; k <= p->fft_length / 2; k++) {
        tt_power(data + 2 * k);
    }
}

/* Adds the power of a bin to another one, or takes the greater. */
TT_KERNEL void tt_combine_powers(tt_word *power, const tt_word *other, int greatest)
{
    int32_t exponent = power[1] > other[1] ? power[1] : other[1];
    uint32_t a = tt_shifted_right((uint32_t)power[0], (int)(exponent - power[1]));
    const uint32_t b = tt_shifted_right((uint32_t)other[0], (int)(exponent - other[1]));
    if (greatest) {
        a = a > b ? a : b;
    } else {
        a += b;
        exponent += (int32_t)(a >> 31);
        a >>= a >> 31;
    }
    power[0] = (int32_t)a;
    power[1] = exponent;
}

/* The logarithm of the power of each bin, at the places of the bins' real parts. */
TT_KERNEL void tt_spectrum_logs(const tt_spectral_features_s16_params *p, const tt_word *values, int shift,
                                const int16_t *tables, tt_word *powers)
{
    const int16_t *window = tables + p->fft_length / 4 + 1;
    tt_segment_power(p, values, p->frame_length, shift, tables, window, powers);
    for (int segment = 1; segment < p->segments; segment++) {
        tt_word *data = powers + TT_FFT_WORDS(p->fft_length);
        const int first = segment * (p->fft_length / 2);
        tt_segment_power(p, values + first, p->frame_length - first, shift, tables, window, data);
        for (int at = 0; at <= p->fft_length; at += 2) {
            tt_combine_powers(powers + at, data + at, p->greatest);
        }
    }
    for (int at = 0; at <= p->fft_length; at += 2) {
        powers[at] =
            tt_log_at_least(p->floor, (uint32_t)powers[at], (int)powers[at + 1] + 2 * shift, p->reference);
    }
}

/* The bin of the highest peak that is lower than another, or as high and behind; 0 if there is none. */
TT_KERNEL int tt_next_peak(const tt_spectral_features_s16_params *p, const tt_word *logs, int32_t bound, int before)
{
    const int end = p->end_bin < p->fft_length / 2 ? p->end_bin : p->fft_length / 2;
    int peak = 0;
    for (int k = p->first_bin > 1 ? p->first_bin : 1; k < end; k++) {
        const int32_t log = logs[2 * k];
        const int is_next = log < bound || (log == bound && k > before);
        if (log > logs[2 * k - 2] && log >= logs[2 * k + 2] && is_next && (peak == 0 || log > logs[2 * peak])) {
            peak = k;
        }
    }
    return peak;
}

/* The features of one channel, whose first reading is at `first` of the ring and the others `channels` apart. */
TT_KERNEL void tt_spectral_features_channel_s16(const tt_spectral_features_s16_params *p, const int16_t *input,
                                                int first, const int16_t *tables, tt_word *values, int16_t *out)
{
    const uint16_t n = (uint16_t)p->frame_length;
    const int16_t *sections = tables + p->fft_length / 4 + 1 + (p->windowed ? p->fft_length / 2 + 1 : 0);
    tt_word *logs = values + p->frame_length;
    tt_power_sums sums = {0, 0, 0};

    tt_filtered_readings(p, input, first, sections, values);
    const int shift = tt_differences(p, values, &sums);
    const tt_scaled_mean variance = tt_mean_of(sums.second, n);
    const int exponent = 2 * (shift - p->fraction_bits) - variance.shift - 29;
    *out = tt_log_feature(tt_log_at_least(p->floor, variance.value, exponent, 0) + p->scale);
    out += p->channels;
    if (p->moments) {
        *out = tt_skewness(&sums, n);
        out += p->channels;
        *out = tt_kurtosis(&sums, n);
        out += p->channels;
    }
    if (p->peaks > 0 || p->first_bin < p->end_bin) {
        tt_spectrum_logs(p, values, shift, tables, logs);
    }
    int32_t bound = INT32_MAX;
    int peak = 0;
    for (int i = 0; i < p->peaks; i++) {
        peak = tt_next_peak(p, logs, bound, peak);
        const int32_t log = peak == 0 ? p->floor : logs[2 * peak];
        *out = (int16_t)(peak * (INT32_C(0x8000) / p->fft_length));
        out += p->channels;
        *out = tt_log_feature(log + p->scale);
        out += p->channels;
        bound = peak == 0 ? INT32_MIN : log;
    }
    for (int k = p->first_bin; k < p->end_bin; k++) {
        *out = tt_log_feature(logs[2 * k] + p->scale);
        out += p->channels;
    }
}

/*
 * Output rows row_begin to row_end - 1. tables: sine, window, sections of the filter. scratch: frame_length + fft_length
 * + 2 words, with several segments another fft_length + 2, and three bytes.
 */
TT_KERNEL void tt_spectral_features_s16(const tt_spectral_features_s16_params *p, const int16_t *input,
                                        const int16_t *tables, int8_t *scratch, int16_t *output, int row_begin,
                                        int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int first = tt_row(y * p->frame_stride, p->channels, p->samples, p->input_ring_rows);
        int16_t *out = output + tt_row(y, p->features * p->channels, p->frames, p->output_ring_rows);
        for (int c = 0; c < p->channels; c++) {
            tt_spectral_features_channel_s16(p, input, first + c, tables, tt_words(scratch), out + c);
        }
    }
}

#endif
