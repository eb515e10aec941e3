/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What an HVM guest boots instead of a compressed kernel. Xen's QEMU hands over kernel and ramdisk byte by byte, and a
 * guest takes a minute to decompress its kernel under TCG; so QEMU puts the uncompressed kernel and the ramdisk into
 * the guest's memory before it starts (-device loader), and this stub only has to go there.
 * It takes the place of the protected-mode part of a bzImage, behind the kernel's own real-mode part: that has filled
 * the boot parameters (esi points to them) and entered 32-bit mode at 0x100000. From here: long mode with the first
 * 4 GiB mapped one to one, the ramdisk's place into the boot parameters, and on to the kernel's 64-bit entry.
 */
	.equ tables, 0x200000
	.equ kernel, 0x1000000
	.equ ramdisk, 0x5800000
	.equ hdr_ramdisk_image, 0x218
	.equ hdr_ramdisk_size, 0x21c

	.code32
	.globl _start
_start:
	jmp 1f
	.balign 4
ramdisk_size:				/* at offset 4: filled in when the image is built */
	.long 0
1:	cli
	cld
	movl $ramdisk, hdr_ramdisk_image(%esi)
	movl 0x100004, %eax
	movl %eax, hdr_ramdisk_size(%esi)

	movl $tables, %edi		/* clear PML4, PDPT and four page directories */
	xorl %eax, %eax
	movl $(6 * 1024), %ecx
	rep stosl
	movl $(tables + 0x1003), tables
	movl $(tables + 0x1000), %edi
	movl $(tables + 0x2003), %eax
	movl $4, %ecx
2:	movl %eax, (%edi)
	addl $0x1000, %eax
	addl $8, %edi
	loop 2b
	movl $(tables + 0x2000), %edi
	movl $0x83, %eax		/* 2 MiB pages */
	movl $2048, %ecx
3:	movl %eax, (%edi)
	addl $0x200000, %eax
	addl $8, %edi
	loop 3b

	movl %cr4, %eax
	orl $0x20, %eax			/* PAE */
	movl %eax, %cr4
	movl $tables, %eax
	movl %eax, %cr3
	movl $0xc0000080, %ecx		/* EFER.LME */
	rdmsr
	orl $0x100, %eax
	wrmsr
	lgdt 0x100000 + gdt_pointer - _start
	movl %cr0, %eax
	orl $0x80000001, %eax
	movl %eax, %cr0
	ljmp $0x10, $(0x100000 + long_mode - _start)

	.code64
long_mode:
	movl $0x18, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	movl %esi, %esi
	movl $kernel, %eax
	jmp *%rax

	.balign 8
gdt:	.quad 0, 0
	.quad 0x00af9a000000ffff	/* 0x10: 64-bit code */
	.quad 0x00cf92000000ffff	/* 0x18: data */
gdt_pointer:
	.word gdt_pointer - gdt - 1
	.long 0x100000 + gdt - _start
