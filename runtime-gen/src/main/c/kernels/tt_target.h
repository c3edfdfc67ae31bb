/*
 * What the kernels need from the machine: attributes, constants in flash, dot products and one wide multiply.
 *
 * A library is written for one target, which its source names by a macro TT_TARGET_<NAME>. The target's header gives
 * the primitives that it has a better way for and says so by a macro TT_HAS_...; the portable header, which is their
 * definition, gives the others. Compiled for any other machine the library is portable C99 and computes the same bytes.
 */
#ifndef TT_TARGET_H
#define TT_TARGET_H

#include <stdint.h>

#if defined(__GNUC__)
/* Inlined into a function whose parameters are constants, and so compiled for just these. */
#define TT_KERNEL static inline __attribute__((always_inline))
/*
 * Compiled once, whoever calls it; and as it is: arm-none-eabi-gcc 12.2 at -O2 makes a clone with the tensors' addresses
 * compiled in, takes some of these for functions without effect, and drops the call. KernelDifferentialTest found it.
 */
#if defined(__clang__)
#define TT_SHARED static __attribute__((noinline, unused))
#else
#define TT_SHARED static __attribute__((noinline, noclone, unused))
#endif
#define TT_ALIGNED(bytes) __attribute__((aligned(bytes)))
/* Two int16, the first in the lower half; one in the arena, which is an array of bytes, may alias these. */
typedef uint32_t __attribute__((may_alias)) tt_pair;
/* A number in the scratch, which lies in the arena as well. */
typedef int32_t __attribute__((may_alias)) tt_word;
#else
#define TT_KERNEL static inline
#define TT_SHARED static inline
#define TT_ALIGNED(bytes)
typedef uint32_t tt_pair;
typedef int32_t tt_word;
#endif

/* What a layer's outputs have in common. */
typedef struct {
    int channels;
    int zero_point;
    int activation_min; /* in [-128, 127], as below */
    int activation_max;
} tt_outputs;

/* Sums of four channels, at two positions. */
typedef struct {
    int32_t a[4];
    int32_t b[4];
} tt_sums;

/* Groups of four channels at one position or two, see tt_pairs.h; what is computed moves on. */
typedef struct {
    const tt_pair *patch;
    const tt_pair *end;
    int odd;        /* whether taps are an odd number of times four */
    int skip;       /* see tt_groups_skip */
    int zero_point; /* of the output, twice, plus 1 */
    const int32_t *end_of_parameters;
    const int32_t *weights;
    const int32_t *parameters;
    int8_t *output[2];
} tt_groups;

/* How a sum becomes an output, see tt_output_of_twice. */
typedef struct {
    int32_t multiplier;
    int32_t half_shift;
    int32_t rounding;
} tt_rescale;

/* Groups of four rows of a matrix, see tt_fully_connected_pairs_s8.h; what is computed moves on. */
typedef struct {
    const void *x; /* taps, widened or not */
    const void *end;
    int odd;  /* as in tt_groups */
    int skip; /* see tt_rows_skip */
    const int32_t *weights;
    const int32_t *bias;
    const int32_t *end_of_bias;
    tt_rescale rescale;
    int8_t *output;
} tt_rows;

/* Positions of the output, two at a time, see tt_vectors.h; what is computed moves on. */
typedef struct {
    const int8_t *x[2]; /* what they see */
    int8_t *output[2];
    int x_step; /* from there to what the next two see */
    int pairs;
    const int8_t *weights;
    const int32_t *parameters;
    int vectors; /* of sixteen taps */
    int step;    /* from a column of a channel's window to the next */
} tt_vector_row;

/* Four rows of bytes; a row that does not move has one byte for all. */
typedef struct {
    const int8_t *begin[4];
    int moves[4]; /* -1, or 0 if it does not */
} tt_four_rows;

/* Three rows of an input and two channels of windows of 3 by 3 over them, see tt_depthwise_conv_3x3_s8.h. */
typedef struct {
    const int8_t *row[3];
    uint32_t weights[9]; /* of each column: rows 0 and 1 of the first channel, of the second, row 2 of both */
    tt_rescale rescale[2];
    int8_t *output; /* of a window whose last column lies at x, less x */
    int32_t step;   /* from a column to the next */
    int32_t end;    /* of the last column that windows see */
    int8_t *second_output;
    int32_t bias[2];
    int32_t begin[2]; /* of the sums of a row's first window: what a column of padding adds to the bias */
    int32_t right[2]; /* what a column of padding adds to the last window's */
    int32_t padding_left;
    int32_t padding_right;
    int32_t start; /* of the first column that windows see */
} tt_stripe;

/* Sums of three windows of two channels, the one that ends first first. */
typedef struct {
    int32_t first[3];
    int32_t second[3];
} tt_windows;

/* Has the loop that follows, of so many rounds, written out; gcc knows how from version 8 on. */
#if defined(__clang__)
#define TT_UNROLL_2 _Pragma("unroll 2")
#define TT_UNROLL_3 _Pragma("unroll 3")
#define TT_UNROLL_4 _Pragma("unroll 4")
#define TT_UNROLL_9 _Pragma("unroll 9")
#elif defined(__GNUC__) && __GNUC__ >= 8
#define TT_UNROLL_2 _Pragma("GCC unroll 2")
#define TT_UNROLL_3 _Pragma("GCC unroll 3")
#define TT_UNROLL_4 _Pragma("GCC unroll 4")
#define TT_UNROLL_9 _Pragma("GCC unroll 9")
#else
#define TT_UNROLL_2
#define TT_UNROLL_3
#define TT_UNROLL_4
#define TT_UNROLL_9
#endif

/*
 * Whether loops may be written in assembler. On Arm these need all registers, which only gcc's optimizer gives, and not
 * where r7 holds the frame's address: define TT_NO_ASSEMBLER to compile with -fno-omit-frame-pointer or
 * -finstrument-functions. The same bytes are computed either way.
 */
#if defined(__OPTIMIZE__) && !defined(__clang__) && !defined(TT_NO_ASSEMBLER)
#define TT_ASSEMBLER 1
#else
#define TT_ASSEMBLER 0
#endif

#if defined(TT_TARGET_AVR) && defined(__AVR__)
#include "tt_target_avr.h"
#elif defined(TT_TARGET_ARMV6M) && defined(__ARM_ARCH_6M__) && !defined(__ARM_BIG_ENDIAN)
#include "tt_target_armv6m.h"
#elif defined(TT_TARGET_ARMV7EM) && defined(__ARM_FEATURE_DSP) && defined(__thumb2__) && !defined(__ARM_BIG_ENDIAN)
#include "tt_target_armv7em.h"
#elif defined(TT_TARGET_ARMV81M) && defined(__ARM_FEATURE_MVE) && !defined(__ARM_BIG_ENDIAN)
#include "tt_target_armv81m.h"
#endif

#include "tt_target_portable.h"

#endif
