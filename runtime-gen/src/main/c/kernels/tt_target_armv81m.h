/*
 * Armv8.1-M with Helium, its vector extension (Cortex-M55): 16 products of 8 bits at a time.
 *
 * The loops are written out where arm-none-eabi-gcc 12.2 would keep sums of vmladava in the wrong half of the registers
 * (they have to be even ones), or the state of a loop in memory.
 */
#ifndef TT_TARGET_ARMV81M_H
#define TT_TARGET_ARMV81M_H

#include "tt_half_product_dsp.h"

#if TT_ASSEMBLER
#include <arm_mve.h>

#define TT_ALL_VECTORS                                                                                                \
    "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12", "d13", "d14", "d15"
#define TT_ALL_REGISTERS                                                                                              \
    "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "p0",      \
        TT_ALL_VECTORS

#define TT_HAS_DOT 1
/* 4 instructions for 16 products; a last vector that is not whole is masked by the loop. */
TT_KERNEL int32_t tt_dot_s8(int32_t acc, const int8_t *x, const int8_t *weights, int n)
{
    register int32_t sum __asm__("r0") = acc; /* an even register */
    __asm__("wlstp.8 lr, %[n], 2f\n"
            "1:\n\t"
            "vldrb.8 q0, [%[x]], #16\n\t"
            "vldrb.8 q1, [%[weights]], #16\n\t"
            "vmladava.s8 %[sum], q0, q1\n\t"
            "letp lr, 1b\n"
            "2:"
            : [sum] "+r"(sum), [x] "+r"(x), [weights] "+r"(weights)
            : [n] "r"(n)
            : "memory", "lr", "d0", "d1", "d2", "d3");
    return sum;
}

#define TT_HAS_COPY_BYTES 1
TT_KERNEL int8_t *tt_copy_bytes(int8_t *to, const int8_t *from, int n)
{
    int8_t *end = to + n;
    __asm__ __volatile__("wlstp.8 lr, %[n], 2f\n"
                         "1:\n\t"
                         "vldrb.8 q0, [%[from]], #16\n\t"
                         "vstrb.8 q0, [%[to]], #16\n\t"
                         "letp lr, 1b\n"
                         "2:"
                         : [to] "+r"(to), [from] "+r"(from)
                         : [n] "r"(n)
                         : "memory", "lr", "d0", "d1");
    return end;
}

TT_KERNEL int8_t *tt_fill_bytes(int8_t *to, int value, int n)
{
    int8_t *end = to + n;
    __asm__ __volatile__("vdup.8 q0, %[value]\n\t"
                         "wlstp.8 lr, %[n], 2f\n"
                         "1:\n\t"
                         "vstrb.8 q0, [%[to]], #16\n\t"
                         "letp lr, 1b\n"
                         "2:"
                         : [to] "+r"(to)
                         : [value] "r"(value), [n] "r"(n)
                         : "memory", "lr", "d0", "d1");
    return end;
}

#define TT_HAS_ROWS_4 1
/* 10 instructions for 64 products. */
TT_KERNEL void tt_dot_rows_4(int32_t *sums, const int8_t *x, const int8_t *const *rows, int n)
{
    const int8_t *row_0 = rows[0], *row_1 = rows[1], *row_2 = rows[2], *row_3 = rows[3];
    register int32_t sum_0 __asm__("r0") = sums[0];
    register int32_t sum_1 __asm__("r2") = sums[1];
    register int32_t sum_2 __asm__("r4") = sums[2];
    register int32_t sum_3 __asm__("r6") = sums[3];
    __asm__("wlstp.8 lr, %[n], 2f\n"
            "1:\n\t"
            "vldrb.8 q0, [%[x]], #16\n\t"
            "vldrb.8 q1, [%[row_0]], #16\n\t"
            "vmladava.s8 %[sum_0], q0, q1\n\t"
            "vldrb.8 q1, [%[row_1]], #16\n\t"
            "vmladava.s8 %[sum_1], q0, q1\n\t"
            "vldrb.8 q1, [%[row_2]], #16\n\t"
            "vmladava.s8 %[sum_2], q0, q1\n\t"
            "vldrb.8 q1, [%[row_3]], #16\n\t"
            "vmladava.s8 %[sum_3], q0, q1\n\t"
            "letp lr, 1b\n"
            "2:"
            : [sum_0] "+r"(sum_0), [sum_1] "+r"(sum_1), [sum_2] "+r"(sum_2), [sum_3] "+r"(sum_3), [x] "+r"(x),
              [row_0] "+r"(row_0), [row_1] "+r"(row_1), [row_2] "+r"(row_2), [row_3] "+r"(row_3)
            : [n] "r"(n)
            : "memory", "lr", "d0", "d1", "d2", "d3");
    sums[0] = sum_0;
    sums[1] = sum_1;
    sums[2] = sum_2;
    sums[3] = sum_3;
}

/*
 * Loops over positions, and groups of four channels at each: r9 holds where the weights are, r5 the parameters, r11 how
 * many channels are left; q6 and q7 the clamp; q0 and q1 four sums at positions a and b, then their outputs.
 */
#define TT_POSITIONS_BEGIN                                                                                            \
    "ldr r0, %[min]\n\t"                                                                                              \
    "ldr r1, %[max]\n\t"                                                                                              \
    "vdup.32 q6, r0\n\t"                                                                                              \
    "vdup.32 q7, r1\n"                                                                                                \
    "0:\n\t"                                                                                                          \
    "ldr r9, %[weights]\n\t"                                                                                          \
    "ldr r5, %[parameters]\n\t"                                                                                       \
    "ldr r11, %[channels]\n\t"
/* Of the last group, which may have room for more channels than there are, only these are stored. */
#define TT_STORE_A                                                                                                    \
    "vctp.32 r11\n\t"                                                                                                 \
    "vpst\n\t"                                                                                                        \
    "vstrbt.32 q0, [r1], #4\n\t"
#define TT_STORE_BOTH                                                                                                 \
    "vctp.32 r11\n\t"                                                                                                 \
    "vpstt\n\t"                                                                                                       \
    "vstrbt.32 q0, [r1], #4\n\t"                                                                                      \
    "vstrbt.32 q1, [r3], #4\n\t"
#define TT_NEXT_GROUP                                                                                                 \
    "subs r11, #4\n\t"                                                                                                \
    "bhi 1b\n\t"
#define TT_NEXT_POSITIONS                                                                                             \
    "ldrd r1, r3, %[x]\n\t"                                                                                           \
    "ldr r7, %[x_step]\n\t"                                                                                           \
    "add r1, r7\n\t"                                                                                                  \
    "add r3, r7\n\t"                                                                                                  \
    "strd r1, r3, %[x]\n\t"                                                                                           \
    "ldrd r1, r3, %[output]\n\t"                                                                                      \
    "ldr r7, %[channels]\n\t"                                                                                         \
    "add r1, r1, r7, lsl #1\n\t"                                                                                      \
    "add r3, r3, r7, lsl #1\n\t"                                                                                      \
    "strd r1, r3, %[output]\n\t"                                                                                      \
    "ldr r7, %[pairs]\n\t"                                                                                            \
    "subs r7, #1\n\t"                                                                                                 \
    "str r7, %[pairs]\n\t"                                                                                            \
    "bne 0b"
#define TT_POSITIONS_OPERANDS(r, o)                                                                                   \
    [x] "+m"((r)->x), [output] "+m"((r)->output), [pairs] "+m"((r)->pairs), [now] "+m"(now)                           \
        : [x_step] "m"((r)->x_step), [weights] "m"((r)->weights), [parameters] "m"((r)->parameters),                  \
          [vectors] "m"((r)->vectors), [step] "m"((r)->step), [channels] "m"((o)->channels),                          \
          [zero_point] "m"((o)->zero_point), [min] "m"((o)->activation_min), [max] "m"((o)->activation_max)           \
        : TT_ALL_REGISTERS

/*
 * The outputs of four sums or of all eight, which lie in the even registers: r0, r2, r4 and r6 those of a, r8, r10, r12
 * and lr those of b. A shift rounds ties up: what is negative is lowered by 1 first, and so rounded away from zero.
 */
#define TT_SUMS_OF_A                                                                                                  \
    "vmov q0[2], q0[0], r0, r4\n\t"                                                                                   \
    "vmov q0[3], q0[1], r2, r6\n\t"
#define TT_SUMS_OF_B                                                                                                  \
    "vmov q1[2], q1[0], r8, r12\n\t"                                                                                  \
    "vmov q1[3], q1[1], r10, lr\n\t"
#define TT_BIAS(sums) "vadd.i32 " sums ", " sums ", q2\n\t"
#define TT_HIGH_MULTIPLY(sums) "vqrdmulh.s32 " sums ", " sums ", q2\n\t"
#define TT_TIES_UP(sums)
#define TT_TIES_AWAY(sums)                                                                                            \
    "vshr.s32 q2, " sums ", #31\n\t"                                                                                  \
    "vadd.i32 " sums ", " sums ", q2\n\t"
#define TT_CLAMPED(sums, zero_point)                                                                                  \
    "vrshl.s32 " sums ", " sums ", q5\n\t"                                                                            \
    "vadd.i32 " sums ", " sums ", " zero_point "\n\t"                                                                 \
    "vmax.s32 " sums ", " sums ", q6\n\t"                                                                             \
    "vmin.s32 " sums ", " sums ", q7\n\t"
#define TT_OUTPUTS_OF_A(ties, zero_point)                                                                             \
    TT_SUMS_OF_A                                                                                                      \
    "vldrw.32 q2, [r5], #16\n\t" TT_BIAS("q0")                                                                        \
    "vldrw.32 q2, [r5], #16\n\t" TT_HIGH_MULTIPLY("q0")                                                               \
    "vldrb.s32 q5, [r5], #4\n\t" ties("q0") TT_CLAMPED("q0", zero_point)
#define TT_OUTPUTS_OF_BOTH(ties, zero_point)                                                                          \
    TT_SUMS_OF_A TT_SUMS_OF_B                                                                                         \
    "vldrw.32 q2, [r5], #16\n\t" TT_BIAS("q0") TT_BIAS("q1")                                                          \
    "vldrw.32 q2, [r5], #16\n\t" TT_HIGH_MULTIPLY("q0") TT_HIGH_MULTIPLY("q1")                                        \
    "vldrb.s32 q5, [r5], #4\n\t" ties("q0") ties("q1") TT_CLAMPED("q0", zero_point) TT_CLAMPED("q1", zero_point)

/* Sixteen taps at two positions; `multiply` is vmladav the first time, then vmladava, which adds. */
#define TT_TAPS_OF_BOTH(multiply)                                                                                     \
    "vldrb.8 q0, [r1], #16\n\t"                                                                                       \
    "vldrb.8 q1, [r3], #16\n\t"                                                                                       \
    "vldrb.8 q2, [r9], #16\n\t" multiply " r0, q0, q2\n\t" multiply " r8, q1, q2\n\t"                                 \
    "vldrb.8 q2, [r9], #16\n\t" multiply " r2, q0, q2\n\t" multiply " r10, q1, q2\n\t"                                \
    "vldrb.8 q2, [r9], #16\n\t" multiply " r4, q0, q2\n\t" multiply " r12, q1, q2\n\t"                                \
    "vldrb.8 q2, [r9], #16\n\t" multiply " r6, q0, q2\n\t" multiply " lr, q1, q2\n\t"
#define TT_TAPS_OF_A                                                                                                  \
    "vldrb.8 q0, [r1], #16\n\t"                                                                                       \
    "vldrb.8 q2, [r9], #16\n\t"                                                                                       \
    "vmladava.s8 r0, q0, q2\n\t"                                                                                      \
    "vldrb.8 q2, [r9], #16\n\t"                                                                                       \
    "vmladava.s8 r2, q0, q2\n\t"                                                                                      \
    "vldrb.8 q2, [r9], #16\n\t"                                                                                       \
    "vmladava.s8 r4, q0, q2\n\t"                                                                                      \
    "vldrb.8 q2, [r9], #16\n\t"                                                                                       \
    "vmladava.s8 r6, q0, q2\n\t"

#define TT_HAS_POSITIONS 1
/* 15 instructions for 128 products, 31 for a group, and 20 for two positions. */
#define TT_COLUMNS_OF_2(ties)                                                                                         \
    __asm__ __volatile__("ldr r0, %[zero_point]\n\t"                                                                  \
                         "vdup.32 q4, r0\n\t" TT_POSITIONS_BEGIN                                                      \
                         "ldrd r1, r3, %[output]\n\t"                                                                 \
                         "strd r1, r3, %[now]\n"                                                                      \
                         "1:\n\t"                                                                                     \
                         "ldrd r1, r3, %[x]\n\t"                                                                      \
                         "ldr r7, %[vectors]\n\t" TT_TAPS_OF_BOTH("vmladav.s8")                                       \
                         "subs r7, #2\n\t"                                                                            \
                         "blo 4f\n\t"                                                                                 \
                         "beq 3f\n"                                                                                   \
                         "2:\n\t" TT_TAPS_OF_BOTH("vmladava.s8") TT_TAPS_OF_BOTH("vmladava.s8")                       \
                         "subs r7, #2\n\t"                                                                            \
                         "bhi 2b\n\t"                                                                                 \
                         "blo 4f\n"                                                                                   \
                         "3:\n\t" TT_TAPS_OF_BOTH("vmladava.s8")                                                      \
                         "4:\n\t" TT_OUTPUTS_OF_BOTH(ties, "q4")                                                      \
                         "ldrd r1, r3, %[now]\n\t" TT_STORE_BOTH                                                      \
                         "strd r1, r3, %[now]\n\t" TT_NEXT_GROUP TT_NEXT_POSITIONS                                    \
                         : TT_POSITIONS_OPERANDS(r, o))
TT_KERNEL void tt_vector_columns_of_2(tt_vector_row *r, const tt_outputs *o, int relu)
{
    int8_t *now[2] = {r->output[0], r->output[1]};
    if (relu) {
        TT_COLUMNS_OF_2(TT_TIES_UP);
    } else {
        TT_COLUMNS_OF_2(TT_TIES_AWAY);
    }
}

/* 10 instructions for 64 products, and 24 for a group. */
#define TT_COLUMN_OF_1(ties)                                                                                          \
    __asm__ __volatile__(TT_POSITIONS_BEGIN                                                                           \
                         "ldr r3, %[zero_point]\n\t"                                                                  \
                         "ldr r7, %[output]\n"                                                                        \
                         "1:\n\t"                                                                                     \
                         "ldr r1, %[x]\n\t"                                                                           \
                         "ldr lr, %[vectors]\n\t"                                                                     \
                         "dls lr, lr\n\t"                                                                             \
                         "movs r0, #0\n\t"                                                                            \
                         "movs r2, #0\n\t"                                                                            \
                         "movs r4, #0\n\t"                                                                            \
                         "movs r6, #0\n"                                                                              \
                         "2:\n\t" TT_TAPS_OF_A                                                                        \
                         "le lr, 2b\n\t" TT_OUTPUTS_OF_A(ties, "r3")                                                  \
                         "mov r1, r7\n\t" TT_STORE_A                                                                  \
                         "mov r7, r1\n\t" TT_NEXT_GROUP                                                               \
                         : TT_POSITIONS_OPERANDS(r, o))
TT_KERNEL void tt_vector_column_of_1(tt_vector_row *r, const tt_outputs *o, int relu)
{
    int8_t *now[2] = {r->output[0], r->output[1]};
    if (relu) {
        TT_COLUMN_OF_1(TT_TIES_UP);
    } else {
        TT_COLUMN_OF_1(TT_TIES_AWAY);
    }
}

/*
 * A channel's window at one position or two: four columns of four bytes each, from addresses in q3 and q4, with weights
 * that serve both.
 */
#define TT_WINDOW_OF_A(at, a)                                                                                         \
    "vldrw.u32 q0, [q3, " at "\n\t"                                                                                   \
    "vldrb.8 q2, [r9], #16\n\t"                                                                                       \
    "vmladav.s8 " a ", q0, q2\n\t"
#define TT_WINDOW_OF_BOTH(at, a, b)                                                                                   \
    "vldrw.u32 q1, [q4, " at "\n\t" TT_WINDOW_OF_A(at, a)                                                             \
    "vmladav.s8 " b ", q1, q2\n\t"
/* The addresses are where the columns of the first channel lie, less what the first load adds. */
#define TT_WINDOWS_BEGIN                                                                                              \
    TT_POSITIONS_BEGIN                                                                                                \
    "ldrd r1, r3, %[x]\n\t"                                                                                           \
    "ldr r7, %[step]\n\t"                                                                                             \
    "subs r1, #16\n\t"                                                                                                \
    "subs r3, #16\n\t"                                                                                                \
    "movs r0, #0\n\t"                                                                                                 \
    "vidup.u32 q2, r0, #1\n\t"                                                                                        \
    "vmul.i32 q2, q2, r7\n\t"                                                                                         \
    "vadd.i32 q3, q2, r1\n\t"                                                                                         \
    "vadd.i32 q4, q2, r3\n\t"                                                                                         \
    "ldrd r1, r3, %[output]\n\t"                                                                                      \
    "ldr r7, %[zero_point]\n"                                                                                         \
    "1:\n\t"

/* 45 instructions for a group, and 29 for two positions. */
#define TT_WINDOWS_OF_2(ties)                                                                                         \
    __asm__ __volatile__(TT_WINDOWS_BEGIN TT_WINDOW_OF_BOTH("#16]!", "r0", "r8") TT_WINDOW_OF_BOTH("#4]", "r2", "r10") \
                             TT_WINDOW_OF_BOTH("#8]", "r4", "r12") TT_WINDOW_OF_BOTH("#12]", "r6", "lr")              \
                                 TT_OUTPUTS_OF_BOTH(ties, "r7") TT_STORE_BOTH TT_NEXT_GROUP TT_NEXT_POSITIONS         \
                         : TT_POSITIONS_OPERANDS(r, o))
TT_KERNEL void tt_vector_windows_of_2(tt_vector_row *r, const tt_outputs *o, int relu)
{
    int8_t *now[2] = {r->output[0], r->output[1]};
    if (relu) {
        TT_WINDOWS_OF_2(TT_TIES_UP);
    } else {
        TT_WINDOWS_OF_2(TT_TIES_AWAY);
    }
}

/* 28 instructions for a group. */
#define TT_WINDOW_OF_1(ties)                                                                                          \
    __asm__ __volatile__(TT_WINDOWS_BEGIN TT_WINDOW_OF_A("#16]!", "r0") TT_WINDOW_OF_A("#4]", "r2")                   \
                             TT_WINDOW_OF_A("#8]", "r4") TT_WINDOW_OF_A("#12]", "r6") TT_OUTPUTS_OF_A(ties, "r7")     \
                                 TT_STORE_A TT_NEXT_GROUP                                                             \
                         : TT_POSITIONS_OPERANDS(r, o))
TT_KERNEL void tt_vector_window_of_1(tt_vector_row *r, const tt_outputs *o, int relu)
{
    int8_t *now[2] = {r->output[0], r->output[1]};
    if (relu) {
        TT_WINDOW_OF_1(TT_TIES_UP);
    } else {
        TT_WINDOW_OF_1(TT_TIES_AWAY);
    }
}

#define TT_HAS_PLACE_PIXELS 1
/* Sixteen bytes of each pixel at a time, with those masked that are none of the pixel's. */
TT_SHARED void tt_place_pixels(int8_t *to, int to_step, const int8_t *from, int from_step, int bytes, int pixels)
{
    for (; bytes > 0; bytes -= 16) {
        int8_t *place = to;
        const int8_t *pixel = from;
        __asm__ __volatile__("vctp.8 %[bytes]\n\t"
                             "dls lr, %[pixels]\n"
                             "1:\n\t"
                             "vpstt\n\t"
                             "vldrbt.8 q0, [%[pixel]]\n\t"
                             "vstrbt.8 q0, [%[place]]\n\t"
                             "add %[pixel], %[from_step]\n\t"
                             "add %[place], %[to_step]\n\t"
                             "le lr, 1b"
                             : [place] "+r"(place), [pixel] "+r"(pixel)
                             : [bytes] "r"(bytes), [pixels] "r"(pixels), [from_step] "r"(from_step),
                               [to_step] "r"(to_step)
                             : "memory", "lr", "d0", "d1", "p0");
        to += 16;
        from += 16;
    }
}

#define TT_HAS_SPREAD_PIXELS 1
/* As many whole pixels as a vector holds at a time. */
TT_SHARED void tt_spread_pixels(int8_t *to, int times, const int8_t *from, int moves, int bytes, int n)
{
    const uint8x16_t index = vidupq_n_u8(0, 1);
    const uint8x16_t in_pixel = viwdupq_n_u8(0, (uint32_t)bytes, 1);
    const uint8x16_t place = vaddq_u8(vmulq_n_u8(vsubq_u8(index, in_pixel), (uint8_t)times), in_pixel);
    const int step = 16 - 16 % bytes;
    for (; n > 0; n -= step) {
        const mve_pred16_t inside = vctp8q((uint32_t)(n < step ? n : step));
        vstrbq_scatter_offset_p_s8(to, place, vldrbq_z_s8(from, inside), inside);
        to += times * step;
        from += moves & step;
    }
}

#define TT_HAS_INTERLEAVE_4 1
/* Sixteen words, from sixteen bytes of each row. */
TT_KERNEL void tt_interleave_4x16(int8_t *to, const int8_t *row_0, const int8_t *row_1, const int8_t *row_2,
                                  const int8_t *row_3)
{
    __asm__ __volatile__("vldrb.8 q0, [%[row_0]]\n\t"
                         "vldrb.8 q1, [%[row_1]]\n\t"
                         "vldrb.8 q2, [%[row_2]]\n\t"
                         "vldrb.8 q3, [%[row_3]]\n\t"
                         "vst40.8 {q0, q1, q2, q3}, [%[to]]\n\t"
                         "vst41.8 {q0, q1, q2, q3}, [%[to]]\n\t"
                         "vst42.8 {q0, q1, q2, q3}, [%[to]]\n\t"
                         "vst43.8 {q0, q1, q2, q3}, [%[to]]"
                         :
                         : [to] "r"(to), [row_0] "r"(row_0), [row_1] "r"(row_1), [row_2] "r"(row_2), [row_3] "r"(row_3)
                         : "memory", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7");
}

/* The last words, should they be fewer, are made along with some before them again. */
TT_SHARED void tt_interleave_4(int8_t *to, const tt_four_rows *rows, int n)
{
    const int8_t *row_0 = rows->begin[0], *row_1 = rows->begin[1], *row_2 = rows->begin[2], *row_3 = rows->begin[3];
    const int step_0 = 16 & rows->moves[0], step_1 = 16 & rows->moves[1];
    const int step_2 = 16 & rows->moves[2], step_3 = 16 & rows->moves[3];
    int8_t *end = to + 4 * n;
    for (int left = n; left >= 16; left -= 16) {
        tt_interleave_4x16(to, row_0, row_1, row_2, row_3);
        row_0 += step_0;
        row_1 += step_1;
        row_2 += step_2;
        row_3 += step_3;
        to += 64;
    }
    if (to != end && n >= 16) {
        const int last = n - 16;
        tt_interleave_4x16(end - 64, rows->begin[0] + (last & rows->moves[0]), rows->begin[1] + (last & rows->moves[1]),
                           rows->begin[2] + (last & rows->moves[2]), rows->begin[3] + (last & rows->moves[3]));
    } else if (to != end) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 4; k++) {
                *to++ = rows->begin[k][i & rows->moves[k]];
            }
        }
    }
}

#define TT_HAS_QUADS 1
/* Four int32. */
typedef int32x4_t tt_quad;

TT_KERNEL tt_quad tt_quad_of_s8(const int8_t *address)
{
    return vldrbq_s32(address);
}

TT_KERNEL tt_quad tt_quad_of_s32(const int32_t *address)
{
    return vldrwq_s32(address);
}

TT_KERNEL tt_quad tt_quad_add(tt_quad x, int32_t y)
{
    return vaddq_n_s32(x, y);
}

TT_KERNEL tt_quad tt_quad_sum(tt_quad x, tt_quad y)
{
    return vaddq_s32(x, y);
}

TT_KERNEL tt_quad tt_quad_difference(tt_quad x, tt_quad y)
{
    return vsubq_s32(x, y);
}

TT_KERNEL tt_quad tt_quad_shift_left(tt_quad x, int shift)
{
    return vshlq_r_s32(x, shift);
}

/* tt_requantize of each. */
TT_KERNEL tt_quad tt_quad_requantize(tt_quad x, int32_t multiplier, int shift)
{
    if (shift > 0) {
        return vqrdmulhq_n_s32(vshlq_r_s32(x, shift), multiplier);
    }
    x = vqrdmulhq_n_s32(x, multiplier);
    if (shift < 0) {
        x = vaddq_s32(x, vshrq_n_s32(x, 31)); /* the shift rounds ties up, but what is negative away from zero */
        x = vrshlq_n_s32(x, shift);
    }
    return x;
}

/* Stores the output of each, as tt_output_s8 gives it. */
TT_KERNEL void tt_quad_output_s8(int8_t *to, tt_quad acc, int32_t multiplier, int shift, int zero_point, int min,
                                 int max)
{
    acc = vaddq_n_s32(tt_quad_requantize(acc, multiplier, shift), zero_point);
    acc = vminq_s32(vmaxq_s32(acc, vdupq_n_s32(min)), vdupq_n_s32(max));
    vstrbq_s32(to, acc);
}

#define TT_HAS_OCTETS 1
/* Eight int16. */
typedef int16x8_t tt_octet;

TT_KERNEL tt_octet tt_octet_of(int value)
{
    return vdupq_n_s16((int16_t)value);
}

/* x + the eight bytes there. */
TT_KERNEL tt_octet tt_octet_add_s8(tt_octet x, const int8_t *address)
{
    return vaddq_s16(x, vldrbq_s16(address));
}

TT_KERNEL void tt_octet_to_s16(int16_t *to, tt_octet x)
{
    vstrhq_s16(to, x);
}
#endif

#endif
