/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tiny guest's first instructions and the notes that tell Xen how to load it. */
#define NOTE(type, value...) \
	.pushsection .note.Xen, "a", @note; .balign 4; .long 4, 2f - 1f, type; .asciz "Xen"; \
	1: value; 2: .balign 4; .popsection

	NOTE(6, .asciz "xenlab-tiny")			/* GUEST_OS */
	NOTE(8, .asciz "generic")			/* LOADER */
	NOTE(5, .asciz "xen-3.0")			/* XEN_VERSION */

	.text
	.globl _start
#ifdef __x86_64__
	NOTE(3, .quad 0)				/* VIRT_BASE */
	NOTE(4, .quad 0)				/* PADDR_OFFSET */
	NOTE(1, .quad _start)				/* ENTRY */
	NOTE(2, .quad hypercall_page)			/* HYPERCALL_PAGE */
_start:
	cld
	lea stack_end(%rip), %rsp
	mov %rsi, %rdi
	call tiny
#else
	NOTE(18, .long _start)				/* PHYS32_ENTRY */
_start:
	cld
	mov $stack_end, %esp
	sub $12, %esp
	push %ebx
	call tiny
#endif
	ud2

	.bss
	.balign 4096
	.globl hypercall_page
hypercall_page:
	.skip 4096
stack:
	.skip 4096
stack_end:
