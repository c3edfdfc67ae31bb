/*
 * The device protocol around one model: MLPerf Tiny's commands, and two of our own for exact figures.
 *
 *   name%            m-name-dut-[<board id>]
 *   timestamp%       m-lap-us-<microseconds>; wraps with the 32-bit tick counter
 *   profile%         m-profile-[...], m-model-[<model hash>]
 *   help%            the commands
 *   db load N%       m-[Expecting N bytes]; then `db <hex>%` in pieces of any length until m-load-done
 *   db print%        m-buffer-<hex of the input>
 *   infer N [W]%     W warm-ups (10 by default), then N inferences between two laps
 *   results%         m-results-[<the output's integers>]
 *   run%             one inference: m-ticks-<ticks of it alone>, m-output-<hex of the output>; compiled with TT_CRC
 *                    also m-op-<operator>-crc-<CRC-32 of its output> each, and then the ticks mean nothing
 *   memory%          m-arena-<bytes>, m-static-<bytes>, m-stack-<high-water bytes>
 *
 * Every command ends with m-ready. A model may reuse its input buffer for other tensors, so results belong to the
 * first inference after a load.
 *
 * Source: mlcommons/tiny:benchmark/api (protocol version 0.0.1).
 */
#include "model.h"
#include "tt_memory.h"
#include "tt_port.h"

#include <stdbool.h>
#include <stddef.h>

#define COMMAND_BYTES 20u
#define DEFAULT_WARMUPS 10u

/* The command so far. The data of `db <hex>` goes straight into the model's input and is never held here. */
static char command[COMMAND_BYTES];
/* Hex digits of the input received since the last `db load`, or 2 * MODEL_INPUT_BYTES when no load is open. */
static size_t digits = 2u * (size_t)MODEL_INPUT_BYTES;

static void put_text(const char *text)
{
    char c;
    while ((c = TT_TEXT_CHAR(text)) != '\0') {
        tt_serial_write((uint8_t)c);
        ++text;
    }
}

static void end_line(void)
{
    tt_serial_write('\r');
    tt_serial_write('\n');
}

static void put_line(const char *text)
{
    put_text(text);
    end_line();
}

static void put_number(uint32_t value)
{
    char reversed[10];
    uint8_t length = 0;
    do {
        reversed[length++] = (char)('0' + (uint8_t)(value % 10u));
        value /= 10u;
    } while (value != 0u);
    while (length > 0u) {
        tt_serial_write((uint8_t)reversed[--length]);
    }
}

static void put_figure(const char *name, uint32_t value)
{
    put_text(name);
    put_number(value);
    end_line();
}

static void put_nibble(uint8_t nibble)
{
    tt_serial_write((uint8_t)(nibble < 10u ? '0' + nibble : 'a' - 10 + nibble));
}

static void put_hex(const char *name, const int8_t *bytes, size_t count)
{
    put_text(name);
    for (size_t i = 0; i < count; ++i) {
        const uint8_t byte = (uint8_t)bytes[i];
        put_nibble((uint8_t)(byte >> 4));
        put_nibble(byte & 0x0Fu);
    }
    end_line();
}

static void put_lap(uint32_t ticks)
{
#if TT_TICK_HZ % 1000000 == 0
    const uint32_t micros = ticks / (uint32_t)(TT_TICK_HZ / 1000000);
#else
    const uint32_t micros = (uint32_t)((uint64_t)ticks * 1000000u / (uint32_t)TT_TICK_HZ);
#endif
    put_figure(TT_TEXT("m-lap-us-"), micros);
}

static void put_results(void)
{
    put_text(TT_TEXT("m-results-["));
    for (size_t i = 0; i < (size_t)MODEL_OUTPUT_BYTES / sizeof *model_output(); ++i) {
        if (i > 0u) {
            tt_serial_write(',');
        }
        const int value = model_output()[i];
        if (value < 0) {
            tt_serial_write('-');
        }
        put_number(value < 0 ? (uint32_t)-(int32_t)value : (uint32_t)value);
    }
    put_line(TT_TEXT("]"));
}

/* The value of a hex digit, or 16 for anything else. */
static uint8_t nibble_of(uint8_t c)
{
    if (c >= '0' && c <= '9') {
        return (uint8_t)(c - '0');
    }
    c |= 0x20u;
    if (c >= 'a' && c <= 'f') {
        return (uint8_t)(c - 'a' + 10);
    }
    return 16;
}

/* Decodes the data of a `db <hex>%` as it arrives, from its first digit to the closing '%'. */
static void receive_input(uint8_t c)
{
    uint8_t *input = (uint8_t *)model_input();
    bool good = true;
    for (; c != '%'; c = tt_serial_read()) {
        const uint8_t nibble = nibble_of(c);
        if (nibble > 15u || digits >= 2u * (size_t)MODEL_INPUT_BYTES) {
            good = false;
        } else {
            uint8_t *byte = &input[digits / 2u];
            *byte = (uint8_t)((digits & 1u) != 0u ? (*byte | nibble) : nibble << 4);
            ++digits;
        }
    }
    if (!good) {
        put_line(TT_TEXT("e-[Bad data]"));
    } else if (digits == 2u * (size_t)MODEL_INPUT_BYTES) {
        put_line(TT_TEXT("m-load-done"));
    }
}

/*
 * Reads a command up to its '%' and leaves it in `command`; one that is too long is cut.
 * Gives false where it was the data of `db <hex>%`, which is dealt with here.
 */
static bool read_command(void)
{
    uint8_t length = 0;
    for (;;) {
        const uint8_t c = tt_serial_read();
        if (length == 3u && command[0] == 'd' && command[1] == 'b' && nibble_of(c) < 16u) {
            receive_input(c);
            return false;
        }
        if (c == '%') {
            command[length] = '\0';
            return true;
        }
        if (c >= ' ' && length < COMMAND_BYTES - 1u) {
            command[length++] = (char)c;
        }
    }
}

/* What follows `name` in the command, or null if the command is another one. */
static const char *after(const char *name)
{
    const char *rest = command;
    for (char c; (c = TT_TEXT_CHAR(name)) != '\0'; ++name, ++rest) {
        if (*rest != c) {
            return NULL;
        }
    }
    return rest;
}

static bool is(const char *name)
{
    const char *rest = after(name);
    return rest != NULL && *rest == '\0';
}

/* Reads decimal digits and the blank after them; without a digit gives `otherwise`. */
static uint32_t take_number(const char **text, uint32_t otherwise)
{
    const char *at = *text;
    if (*at < '0' || *at > '9') {
        return otherwise;
    }
    uint32_t value = 0;
    while (*at >= '0' && *at <= '9') {
        value = value * 10u + (uint32_t)(*at++ - '0');
    }
    if (*at == ' ') {
        ++at;
    }
    *text = at;
    return value;
}

static void open_load(const char *count)
{
    if (take_number(&count, 0) != (uint32_t)MODEL_INPUT_BYTES || *count != '\0') {
        put_text(TT_TEXT("e-[Model input: "));
    } else {
        digits = 0;
        put_text(TT_TEXT("m-[Expecting "));
    }
    put_number((uint32_t)MODEL_INPUT_BYTES);
    put_line(TT_TEXT(" bytes]"));
}

/* Every input is a sample of its own: a network with states begins anew. */
static void forget(void)
{
#ifdef MODEL_HAS_STATE
    model_reset();
#endif
}

/* The laps are printed after both were taken, so that the line's own time is not between them. */
static void infer(const char *counts)
{
    const uint32_t inferences = take_number(&counts, 1);
    const uint32_t warmups = take_number(&counts, DEFAULT_WARMUPS);
    put_figure(TT_TEXT("m-warmup-start-"), warmups);
    for (uint32_t i = 0; i < warmups; ++i) {
        forget();
        model_invoke();
    }
    put_line(TT_TEXT("m-warmup-done"));
    put_figure(TT_TEXT("m-infer-start-"), inferences);
    const uint32_t start = tt_ticks();
    for (uint32_t i = 0; i < inferences; ++i) {
        forget();
        model_invoke();
    }
    const uint32_t end = tt_ticks();
    put_lap(start);
    put_lap(end);
    put_line(TT_TEXT("m-infer-done"));
    put_results();
}

#ifdef TT_CRC
static void report_operators(void)
{
    for (int op = 0; op < MODEL_OPERATORS; ++op) {
        put_text(TT_TEXT("m-op-"));
        put_number((uint32_t)op);
        put_figure(TT_TEXT("-crc-"), model_operator_crc(op));
    }
}
#endif

/* One inference; an empty bracket measured beside it takes the stopwatch's own ticks out. */
static void run(void)
{
    forget();
    tt_stopwatch_start();
    const uint32_t empty = tt_stopwatch_stop();
    tt_stopwatch_start();
    model_invoke();
    const uint32_t ticks = tt_stopwatch_stop();
#ifdef TT_CRC
    report_operators();
#endif
    put_figure(TT_TEXT("m-ticks-"), ticks - empty);
    put_hex(TT_TEXT("m-output-"), (const int8_t *)model_output(), (size_t)MODEL_OUTPUT_BYTES);
}

static void report_memory(void)
{
    put_figure(TT_TEXT("m-arena-"), (uint32_t)MODEL_ARENA_BYTES);
    put_figure(TT_TEXT("m-static-"), (uint32_t)tt_static_bytes());
    put_figure(TT_TEXT("m-stack-"), (uint32_t)tt_stack_bytes());
}

static void obey(void)
{
    const char *rest;
    if (is(TT_TEXT("run"))) {
        run();
    } else if ((rest = after(TT_TEXT("db load "))) != NULL) {
        open_load(rest);
    } else if (is(TT_TEXT("db print"))) {
        put_hex(TT_TEXT("m-buffer-"), (const int8_t *)model_input(), (size_t)MODEL_INPUT_BYTES);
    } else if (is(TT_TEXT("memory"))) {
        report_memory();
    } else if (is(TT_TEXT("name"))) {
        put_line(TT_TEXT("m-name-dut-[" TT_BOARD_ID "]"));
    } else if (is(TT_TEXT("profile"))) {
        put_line(TT_TEXT("m-profile-[ULPMark for tinyML Firmware V0.0.1]"));
        put_line(TT_TEXT("m-model-[" MODEL_HASH "]"));
    } else if (is(TT_TEXT("timestamp"))) {
        put_lap(tt_ticks());
    } else if ((rest = after(TT_TEXT("infer "))) != NULL) {
        infer(rest);
    } else if (is(TT_TEXT("results"))) {
        put_results();
    } else if (is(TT_TEXT("help"))) {
        put_line(TT_TEXT("name timestamp profile help db infer results run memory"));
    } else {
        put_text(TT_TEXT("e-[Unknown command: "));
        for (const char *c = command; *c != '\0'; ++c) {
            tt_serial_write((uint8_t)*c);
        }
        put_line(TT_TEXT("]"));
    }
}

int main(void)
{
    tt_paint_stack();
    tt_serial_start();
    tt_ticks_start();
    put_line(TT_TEXT("m-timestamp-mode-performance"));
    put_line(TT_TEXT("m-init-done"));
    for (;;) {
        put_line(TT_TEXT("m-ready"));
        if (read_command()) {
            obey();
        }
    }
}
