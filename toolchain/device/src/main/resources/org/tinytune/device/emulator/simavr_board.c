/*
 * An AVR board with a bootloader behind a pseudo-terminal, on top of libsimavr.
 *
 *     simavr_board MCU CLOCK_HZ BOOT_START BOOT_BYTES
 *
 * Reads the bootloader, BOOT_BYTES bytes of flash from BOOT_START on, from standard input, prints the path of the
 * pseudo-terminal as its only line, and runs until standard input ends. Opening the pseudo-terminal is an external reset, as DTR is on the real board; while nobody has it open the core stands still.
 *
 * The core runs as fast as the host allows, except where that would show: asleep, and in the bootloader while the line is
 * silent, it keeps to its clock, so that time-outs and waits last as long as on the board.
 *
 * Compiled on the user's machine: libsimavr is under the GPL version 3.
 *
 * Source: simavr:simavr/sim/avr_uart.h (the UART's IRQs), simavr:simavr/sim/sim_avr.h (the core's callbacks).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>

#define SLICE_MILLIS 1
#define IDLE_MILLIS 5

struct line {
    int terminal;         /* the master side */
    avr_irq_t *receive;   /* raises a byte at the UART */
    bool uart_ready;      /* its FIFO has room */
    uint8_t input[4096];  /* from the terminal, not yet at the UART */
    size_t input_at, input_end;
    uint8_t output[4096]; /* from the UART, not yet at the terminal */
    size_t output_end;
};

static struct line line;
static avr_flashaddr_t boot_start;

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Waits for the terminal, or for the end of standard input, which ends the program. */
static short wait_for_terminal(short events, int millis)
{
    struct pollfd fds[] = {{.fd = line.terminal, .events = events}, {.fd = STDIN_FILENO, .events = POLLIN}};
    if (poll(fds, 2, millis) < 0 && errno != EINTR) {
        fail("poll");
    }
    if (fds[1].revents != 0) {
        char ignored[64];
        if (read(STDIN_FILENO, ignored, sizeof ignored) <= 0) {
            exit(EXIT_SUCCESS);
        }
    }
    return fds[0].revents;
}

static void flush_output(void)
{
    size_t at = 0;
    while (at < line.output_end) {
        const ssize_t written = write(line.terminal, line.output + at, line.output_end - at);
        if (written > 0) {
            at += (size_t)written;
        } else if ((wait_for_terminal(POLLOUT, 100) & POLLHUP) != 0) {
            break; /* nobody listens any more */
        }
    }
    line.output_end = 0;
}

static void on_uart_output(avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)param;
    line.output[line.output_end++] = (uint8_t)value;
    if (line.output_end == sizeof line.output) {
        flush_output();
    }
}

static void on_uart_ready(avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)value;
    (void)param;
    line.uart_ready = true;
}

static void on_uart_full(avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq;
    (void)value;
    (void)param;
    line.uart_ready = false;
}

/* Moves bytes from the terminal to the UART as far as its FIFO has room; tells whether any are left or were moved. */
static bool feed_uart(void)
{
    if (line.input_at == line.input_end) {
        const ssize_t got = read(line.terminal, line.input, sizeof line.input);
        line.input_at = 0;
        line.input_end = got > 0 ? (size_t)got : 0;
    }
    const bool any = line.input_at < line.input_end;
    while (line.uart_ready && line.input_at < line.input_end) {
        avr_raise_irq(line.receive, line.input[line.input_at++]);
    }
    return any;
}

/* Called by the core for the cycles it sleeps: waits that long, or until the line wakes it. */
static void on_sleep(avr_t *avr, avr_cycle_count_t cycles)
{
    flush_output();
    if (!feed_uart()) {
        wait_for_terminal(POLLIN, (int)(cycles * 1000u / avr->frequency) + 1);
    }
}

static void open_terminal(void)
{
    line.terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (line.terminal < 0 || grantpt(line.terminal) != 0 || unlockpt(line.terminal) != 0) {
        fail("pseudo-terminal");
    }
    /* Opened raw and closed once, so that from now on "hung up" means that nobody has it open. */
    const int slave = open(ptsname(line.terminal), O_RDWR | O_NOCTTY);
    struct termios raw;
    if (slave < 0 || tcgetattr(slave, &raw) != 0) {
        fail("pseudo-terminal");
    }
    cfmakeraw(&raw);
    if (tcsetattr(slave, TCSANOW, &raw) != 0) {
        fail("pseudo-terminal");
    }
    close(slave);
}

static avr_t *make_core(const char *mcu, uint32_t clock_hz, uint32_t boot_bytes)
{
    avr_t *avr = avr_make_mcu_by_name(mcu);
    if (avr == NULL) {
        fprintf(stderr, "simavr_board: libsimavr knows no core %s\n", mcu);
        exit(EXIT_FAILURE);
    }
    avr_init(avr);
    uint8_t *bootloader = malloc(boot_bytes);
    if (bootloader == NULL || boot_start + boot_bytes > avr->flashend + 1u
        || fread(bootloader, 1, boot_bytes, stdin) != boot_bytes) {
        fprintf(stderr, "simavr_board: no bootloader, or it ends behind the flash\n");
        exit(EXIT_FAILURE);
    }
    avr->frequency = clock_hz;
    avr->log = LOG_NONE;
    avr->sleep = on_sleep;
    avr_loadcode(avr, bootloader, boot_bytes, boot_start);
    free(bootloader);
    avr->codeend = avr->flashend;
    avr->reset_pc = boot_start;

    uint32_t flags = 0; /* no naps while the firmware polls the UART, no copy of its output on the console */
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    line.receive = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
    avr_irq_register_notify(
        avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_uart_output, NULL);
    avr_irq_register_notify(
        avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XON), on_uart_ready, NULL);
    avr_irq_register_notify(
        avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XOFF), on_uart_full, NULL);
    return avr;
}

/* Waits until somebody has the terminal open, then resets the core with nothing left on the line. */
static void await_opening(avr_t *avr)
{
    while ((wait_for_terminal(0, 0) & POLLHUP) != 0) {
        while (read(line.terminal, line.input, sizeof line.input) > 0) {
        }
        usleep(IDLE_MILLIS * 1000);
    }
    line.input_at = line.input_end = line.output_end = 0;
    line.uart_ready = true;
    avr_reset(avr);
    avr_regbit_set(avr, avr->reset_flags.extrf);
}

/* Runs the core until the terminal is closed or the core has crashed. */
static void run_while_open(avr_t *avr)
{
    const avr_cycle_count_t slice = avr->frequency / 1000u * SLICE_MILLIS;
    for (;;) {
        const avr_cycle_count_t start = avr->cycle;
        while (avr->cycle - start < slice) { /* a watchdog reset sets it back to 0, which ends the slice */
            avr_run(avr);
            if (avr->state == cpu_Crashed || avr->state == cpu_Done) {
                flush_output();
                while ((wait_for_terminal(0, IDLE_MILLIS) & POLLHUP) == 0) {
                }
                return;
            }
        }
        flush_output();
        const bool idle = !feed_uart() && avr->pc >= boot_start;
        if ((wait_for_terminal(POLLIN, idle ? SLICE_MILLIS : 0) & POLLHUP) != 0) {
            return;
        }
    }
}

/* libsimavr remarks on what it does on standard output; keeps that for our answer alone. */
static int keep_stdout(void)
{
    const int kept = dup(STDOUT_FILENO);
    const int nowhere = open("/dev/null", O_WRONLY);
    if (kept < 0 || nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0) {
        fail("standard output");
    }
    return kept;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: simavr_board MCU CLOCK_HZ BOOT_START BOOT_BYTES\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    const int answer = keep_stdout();
    boot_start = (avr_flashaddr_t)strtoul(argv[3], NULL, 0);
    avr_t *avr = make_core(argv[1], (uint32_t)strtoul(argv[2], NULL, 0), (uint32_t)strtoul(argv[4], NULL, 0));
    open_terminal();
    dprintf(answer, "%s\n", ptsname(line.terminal));
    for (;;) {
        await_opening(avr);
        run_while_open(avr);
    }
}
