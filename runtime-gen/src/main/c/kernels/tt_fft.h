/*
 * The Fourier transform of real samples, of a length that is a power of two from 16 to 2048, in place.
 *
 * Even and odd samples are real and imaginary parts of half as many complex numbers, which are transformed by decimation
 * in time: a first stage without products, of radix 2 or 4, whichever leaves stages of radix 4, and these; a last stage
 * takes the spectra of the two halves apart. A stage of radix 4 halves what it gives, so that the transform is divided by
 * 2^s, s = (log2(length) - 2) / 2, rounded down; samples are in [-2^b, 2^b], b = 30 - log2(length) + s, with which no sum
 * gets beyond 32 bits.
 */
#ifndef TT_FFT_H
#define TT_FFT_H

#include "tt_kernel.h"

typedef struct {
    int32_t re;
    int32_t im;
} tt_complex;

/* Words of what is transformed: the samples, and two more. */
#define TT_FFT_WORDS(length) ((length) + 2)

/*
 * Where the next complex number lies before the transform, in words, of one at `place`: the order of reversed bits, which
 * begins at 0. So sample i lies at the place of number i / 2, or one further if it is odd.
 */
TT_KERNEL int tt_fft_next_place(int place, int length)
{
    int bit = length / 2;
    for (; (place & bit) != 0; bit >>= 1) {
        place -= bit;
    }
    return place + bit;
}

/* Cosine and sine of k / (4 * quarter) turns, k below 3 * quarter. sine: a quarter of a period, both ends included. */
TT_KERNEL tt_complex tt_angle(const int16_t *sine, int k, int quarter)
{
    int turned = 0;
    for (; k >= quarter; k -= quarter) {
        turned++;
    }
    const int32_t near = tt_flash_s16(&sine[k]);
    const int32_t far = tt_flash_s16(&sine[quarter - k]);
    tt_complex angle = {far, near};
    if (turned == 1) {
        angle.re = -near;
        angle.im = far;
    } else if (turned == 2) {
        angle.re = -far;
        angle.im = -near;
    }
    return angle;
}

/* Half of x times cos - i sin of an angle. */
TT_KERNEL tt_complex tt_half_turned(tt_complex x, tt_complex angle)
{
    const tt_complex turned = {
        tt_half_product_add(tt_half_product(x.re, angle.re), x.im, angle.im),
        tt_half_product(x.im, angle.re) - tt_half_product(x.re, angle.im),
    };
    return turned;
}

TT_KERNEL tt_complex tt_half_complex(tt_complex x)
{
    const tt_complex half = {x.re >> 1, x.im >> 1};
    return half;
}

TT_KERNEL tt_complex tt_load_complex(const tt_word *data)
{
    const tt_complex x = {data[0], data[1]};
    return x;
}

/* The transform of four numbers, which come in the order of reversed bits, to so many words from each to the next. */
TT_KERNEL void tt_combine_4(tt_word *data, int step, tt_complex a, tt_complex c, tt_complex b, tt_complex d)
{
    const tt_complex even = {a.re + c.re, a.im + c.im};
    const tt_complex odd = {a.re - c.re, a.im - c.im};
    const tt_complex sum = {b.re + d.re, b.im + d.im};
    const tt_complex difference = {b.re - d.re, b.im - d.im};
    data[0] = even.re + sum.re;
    data[1] = even.im + sum.im;
    data += step;
    data[0] = odd.re + difference.im;
    data[1] = odd.im - difference.re;
    data += step;
    data[0] = even.re - sum.re;
    data[1] = even.im - sum.im;
    data += step;
    data[0] = odd.re - difference.im;
    data[1] = odd.im + difference.re;
}

/* The stage of radix 4 after transforms of so many numbers, whose last step is so great a part of a period of `length`. */
TT_KERNEL void tt_fft_stage_4(tt_word *data, const int16_t *sine, int length, int numbers, int angle_step)
{
    const int step = 2 * numbers;
    const tt_word *end = data + length;

    for (tt_word *at = data; at < end; at += 4 * step) {
        tt_combine_4(at, step, tt_half_complex(tt_load_complex(at)), tt_half_complex(tt_load_complex(at + step)),
                     tt_half_complex(tt_load_complex(at + 2 * step)), tt_half_complex(tt_load_complex(at + 3 * step)));
    }
    for (int j = 1; j < numbers; j++) {
        const int k = j * angle_step;
        const tt_complex once = tt_angle(sine, k, length / 4);
        const tt_complex twice = tt_angle(sine, 2 * k, length / 4);
        const tt_complex thrice = tt_angle(sine, 3 * k, length / 4);
        for (tt_word *at = data + 2 * j; at < end; at += 4 * step) {
            const tt_complex c = tt_half_turned(tt_load_complex(at + step), twice);
            const tt_complex b = tt_half_turned(tt_load_complex(at + 2 * step), once);
            const tt_complex d = tt_half_turned(tt_load_complex(at + 3 * step), thrice);
            tt_combine_4(at, step, tt_half_complex(tt_load_complex(at)), c, b, d);
        }
    }
}

/* From the transform of even + i * odd samples to theirs: see RealFft.separate. */
TT_KERNEL void tt_fft_separate(tt_word *data, const int16_t *sine, int length)
{
    const int32_t re = data[0];
    const int32_t im = data[1];
    data[0] = re + im;
    data[1] = 0;
    data[length] = re - im;
    data[length + 1] = 0;
    data[length / 2 + 1] = -data[length / 2 + 1];
    tt_word *mirror = data + length - 2;
    for (int k = 1; k < length / 4; k++) {
        tt_word *at = data + 2 * k;
        const tt_complex angle = {tt_flash_s16(&sine[length / 4 - k]), tt_flash_s16(&sine[k])};
        const tt_complex twice_odd = {at[1] + mirror[1], mirror[0] - at[0]};
        const tt_complex odd = tt_half_turned(twice_odd, angle);
        const tt_complex even = {(at[0] + mirror[0]) >> 1, (at[1] - mirror[1]) >> 1};
        at[0] = even.re + odd.re;
        at[1] = even.im + odd.im;
        mirror[0] = even.re - odd.re;
        mirror[1] = odd.im - even.im;
        mirror -= 2;
    }
}

/*
 * Transforms samples, each at its place, into their spectrum: of bin k, 0 to length / 2, the real part at 2 * k and the
 * imaginary part behind it. sine: length / 4 + 1 numbers in flash, a quarter of a period in Q15.
 */
TT_SHARED void tt_real_fft(tt_word *data, const int16_t *sine, int length)
{
    int numbers = 2;
    int bits = 0;
    while (length >> (bits + 1) > 1) {
        bits++;
    }
    if (bits % 2 == 0) {
        numbers = 4;
        for (tt_word *at = data; at < data + length; at += 8) {
            tt_combine_4(at, 2, tt_load_complex(at), tt_load_complex(at + 2), tt_load_complex(at + 4),
                         tt_load_complex(at + 6));
        }
    } else {
        for (tt_word *at = data; at < data + length; at += 4) {
            const tt_complex a = tt_load_complex(at);
            const tt_complex b = tt_load_complex(at + 2);
            at[0] = a.re + b.re;
            at[1] = a.im + b.im;
            at[2] = a.re - b.re;
            at[3] = a.im - b.im;
        }
    }
    for (int angle_step = length / (4 * numbers); angle_step > 0; angle_step >>= 2) {
        tt_fft_stage_4(data, sine, length, numbers, angle_step);
        numbers *= 4;
    }
    tt_fft_separate(data, sine, length);
}

#endif
