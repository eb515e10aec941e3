// SPDX-License-Identifier: LGPL-2.1-or-later
// A guest of a few MiB for tests with hundreds. It sleeps in Xen, answers control/shutdown over xenstore, and
// acts by itself when its command line says so. Words it knows:
//   poweroff | reboot | crash   what to do by itself, after=SECONDS later (default: at once)
//   tick                        prints 'tick N' on the console every second
//   deaf                        does not answer control/shutdown
// One source for PV (64 bits) and PVH (32 bits); interrupts stay off, so there are no handlers: it only polls.
// The interface is Xen's public one: docs in xen/include/public.
#include <stddef.h>
#include <stdint.h>

typedef unsigned long word;

enum { UPDATE_VA_MAPPING = 14, MEMORY_OP = 12, VCPU_OP = 24, SCHED_OP = 29, EVENT_CHANNEL_OP = 32, HVM_OP = 34 };
enum { SHUTDOWN_POWEROFF, SHUTDOWN_REBOOT, SHUTDOWN_SUSPEND, SHUTDOWN_CRASH };
enum { XS_READ = 2, XS_WATCH = 4, XS_WRITE = 11, XS_WATCH_EVENT = 15 };
#define SECOND 1000000000ull
#define SELF 0x7ff0 /* DOMID_SELF */

struct console {
	char in[1024], out[2048];
	volatile uint32_t in_cons, in_prod, out_cons, out_prod;
};
struct store {
	char req[1024], rsp[1024];
	volatile uint32_t req_cons, req_prod, rsp_cons, rsp_prod;
};
struct shared {
	char vcpus[2048];
	volatile uint8_t pending[512];
};
struct header {
	uint32_t type, request, transaction, length;
};

extern char hypercall_page[];
static char shared_page[4096] __attribute__((aligned(4096)));
static struct shared *const shared = (void *)shared_page;
static struct console *console;
static struct store *store;
static uint32_t console_port, store_port;
static const char *command_line;

static word hypercall(unsigned number, word a, word b, word c)
{
	word result;
#ifdef __x86_64__
	__asm__ volatile("call *%[page]"
			 : "=a"(result), "+D"(a), "+S"(b), "+d"(c)
			 : [page] "r"(hypercall_page + number * 32)
			 : "memory", "rcx", "r8", "r9", "r10", "r11");
#else
	__asm__ volatile("call *%[page]"
			 : "=a"(result), "+b"(a), "+c"(b), "+d"(c)
			 : [page] "r"(hypercall_page + number * 32)
			 : "memory");
#endif
	return result;
}

#ifdef __x86_64__
struct start_info {
	char magic[32];
	uint64_t nr_pages, shared_info;
	uint32_t flags;
	uint64_t store_mfn;
	uint32_t store_evtchn;
	uint64_t console_mfn;
	uint32_t console_evtchn;
	uint64_t pt_base, nr_pt_frames, mfn_list, mod_start, mod_len;
	char cmd_line[1024];
};

static void map(void *page, uint64_t machine_address)
{
	hypercall(UPDATE_VA_MAPPING, (word)page, machine_address | 0x67, 2 /* flush this page */);
}

static void setup(const struct start_info *start)
{
	static char pages[2][4096] __attribute__((aligned(4096)));

	map(shared_page, start->shared_info);
	map(pages[0], start->store_mfn << 12);
	map(pages[1], start->console_mfn << 12);
	store = (void *)pages[0];
	console = (void *)pages[1];
	store_port = start->store_evtchn;
	console_port = start->console_evtchn;
	command_line = start->cmd_line;
}
#else
struct start_info {
	uint32_t magic, version, flags, nr_modules;
	uint64_t modules, cmdline;
};

struct parameter {
	uint16_t domain;
	uint32_t index;
	uint64_t value;
};

static uint32_t parameter(uint32_t index)
{
	struct parameter get = { SELF, index, 0 };

	hypercall(HVM_OP, 1 /* get_param */, (word)&get, 0);
	return get.value;
}

static void setup(const struct start_info *start)
{
	uint32_t base, eax, ebx, ecx, edx;
	struct { uint16_t domain, size; uint32_t space, index, frame; } add = { SELF, 0, 0, 0, (word)shared_page >> 12 };

	for (base = 0x40000000; base < 0x40010000; base += 0x100) {
		__asm__ volatile("cpuid" : "=a"(eax), "=b"(ebx), "=c"(ecx), "=d"(edx) : "a"(base), "c"(0));
		if (ebx == 0x566e6558 /* XenV */)
			break;
	}
	__asm__ volatile("cpuid" : "=a"(eax), "=b"(ebx), "=c"(ecx), "=d"(edx) : "a"(base + 2), "c"(0));
	__asm__ volatile("wrmsr" : : "c"(ebx), "a"(hypercall_page), "d"(0) : "memory");
	hypercall(MEMORY_OP, 7 /* add_to_physmap */, (word)&add, 0);
	// The toolstack takes a guest with a callback for one that answers requests. Interrupts are off: it never comes.
	struct parameter callback = { SELF, 0, 2ull << 56 | 0x20 };
	hypercall(HVM_OP, 0 /* set_param */, (word)&callback, 0);
	store_port = parameter(2);
	store = (void *)(parameter(1) << 12);
	console_port = parameter(18);
	console = (void *)(parameter(17) << 12);
	command_line = (const char *)(word)start->cmdline;
}
#endif

static size_t length(const char *text)
{
	size_t n = 0;

	while (text[n])
		n++;
	return n;
}

static int equal(const char *a, const char *b, size_t n)
{
	while (n && *a == *b)
		a++, b++, n--;
	return !n;
}

// What follows this word of the command line; NULL if the word is not there.
static const char *option(const char *name)
{
	size_t n = length(name);
	const char *p = command_line;

	while (p && *p) {
		while (*p == ' ')
			p++;
		if (equal(p, name, n) && (name[n - 1] == '=' || p[n] == ' ' || !p[n]))
			return p + n;
		while (*p && *p != ' ')
			p++;
	}
	return NULL;
}

static unsigned number(const char *text)
{
	unsigned n = 0;

	while (text && *text >= '0' && *text <= '9')
		n = n * 10 + (*text++ - '0');
	return n;
}

static void notify(uint32_t port)
{
	hypercall(EVENT_CHANNEL_OP, 4 /* send */, (word)&port, 0);
}

static uint64_t now(void)
{
	struct { int state; uint64_t entered, times[4]; } run;

	hypercall(VCPU_OP, 4 /* get_runstate_info */, 0, (word)&run);
	return run.entered;
}

// Sleeps until xenstore has something to say or the time (0: never) has come.
static void wait(uint64_t until)
{
	uint32_t *ports = &store_port;
	struct { word ports; uint32_t count; uint64_t timeout; } poll = { (word)ports, 1, until };

	hypercall(SCHED_OP, 3 /* poll */, (word)&poll, 0);
	__atomic_and_fetch(&shared->pending[store_port / 8], ~(1 << store_port % 8), __ATOMIC_SEQ_CST);
}

static void print(const char *text)
{
	for (; *text; text++) {
		uint32_t at = console->out_prod;

		if (at - console->out_cons >= sizeof(console->out))
			break;
		console->out[at % sizeof(console->out)] = *text;
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		console->out_prod = at + 1;
	}
	notify(console_port);
}

static void print_tick(unsigned n)
{
	char text[20], *p = text + sizeof(text) - 1;

	*p = 0;
	*--p = '\n';
	*--p = '\r';
	do
		*--p = '0' + n % 10;
	while (n /= 10);
	print("tick ");
	print(p);
}

static void shut_down(uint32_t reason, const struct start_info *start)
{
	hypercall(SCHED_OP, 2 /* shutdown */, (word)&reason, 0);
	// Only a suspended guest comes back: on this host or another one.
	setup(start);
}

static void store_put(const void *data, size_t n)
{
	for (const char *p = data; n; p++, n--) {
		store->req[store->req_prod % sizeof(store->req)] = *p;
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		store->req_prod++;
	}
}

static void store_send(uint32_t type, const char *payload, uint32_t n)
{
	struct header header = { type, 0, 0, n };

	store_put(&header, sizeof(header));
	store_put(payload, n);
	notify(store_port);
}

static void store_get(void *data, size_t room, size_t n)
{
	for (char *p = data; n; n--) {
		while (store->rsp_cons == store->rsp_prod)
			wait(0);
		if (room) {
			*p++ = store->rsp[store->rsp_cons % sizeof(store->rsp)];
			room--;
		}
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		store->rsp_cons++;
	}
	notify(store_port);
}

static const char shutdown_node[] = "control/shutdown";

// A request of the toolstack, as read from control/shutdown: acknowledged by emptying the node, then done.
static void obey(const char *request, const struct start_info *start)
{
	static const char *const names[] = { "poweroff", "reboot", "suspend" };
	// A PV guest would have to rebuild its page tables' frames after a suspend: only PVH suspends.
	const unsigned known = sizeof(word) == 8 ? 2 : 3;

	for (unsigned reason = 0; reason < known; reason++) {
		if (!equal(request, names[reason], length(names[reason])) && !(reason == 0 && equal(request, "halt", 4)))
			continue;
		store_send(XS_WRITE, shutdown_node, sizeof(shutdown_node));
		struct header header;
		do {
			store_get(&header, sizeof(header), sizeof(header));
			store_get(NULL, 0, header.length);
		} while (header.type != XS_WRITE);
		shut_down(reason, start);
		store_send(XS_WATCH, "control/shutdown\0t", 19);
		return;
	}
}

static void listen(const struct start_info *start)
{
	struct header header;
	char payload[64];

	while (store->rsp_cons != store->rsp_prod) {
		for (size_t i = 0; i < sizeof(payload); i++)
			payload[i] = 0;
		store_get(&header, sizeof(header), sizeof(header));
		store_get(payload, sizeof(payload) - 1, header.length);
		if (header.type == XS_WATCH_EVENT)
			store_send(XS_READ, shutdown_node, sizeof(shutdown_node));
		else if (header.type == XS_READ)
			obey(payload, start);
	}
}

void tiny(const struct start_info *start);

void tiny(const struct start_info *start)
{
	setup(start);

	int reason = option("poweroff") ? SHUTDOWN_POWEROFF : option("reboot") ? SHUTDOWN_REBOOT : option("crash") ? SHUTDOWN_CRASH : -1;
	int ticking = option("tick") != NULL;
	uint64_t end = reason >= 0 ? now() + number(option("after=")) * SECOND : 0;
	uint64_t next = ticking ? now() + SECOND : 0;
	unsigned ticks = 0;

	print("xenlab-tiny up\r\n");
	if (!option("deaf"))
		store_send(XS_WATCH, "control/shutdown\0t", 19);
	for (;;) {
		wait(end && (!next || end < next) ? end : next);
		uint64_t time = end || next ? now() : 0;
		if (end && time >= end)
			shut_down(reason, start);
		if (next && time >= next) {
			print_tick(++ticks);
			next = time + SECOND;
		}
		listen(start);
	}
}
