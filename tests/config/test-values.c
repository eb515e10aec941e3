/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What values become: the JSON is what xl 4.17 prints for the same configuration. */
#include "sample.h"

static void memory(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "memory=64", "", "\"max_memkb\":65536,\"target_memkb\":65536", NULL);
    check_accepted(HVM_GUEST "memory=010", "", "\"max_memkb\":8192,\"target_memkb\":8192", NULL);
    check_accepted(HVM_GUEST "memory=64;maxmem=128", "",
                   "\"max_memkb\":131072,\"target_memkb\":65536", NULL);
    check_accepted(HVM_GUEST "maxmem=128", "", "\"max_memkb\":131072,", NULL);
    check_accepted(HVM_GUEST "memory=64;maxmem=32",
                   "argument 1:4:18: warning: 'maxmem' (32 MiB) is less than 'memory' (64 MiB); "
                   "'maxmem' is what the guest may grow to\n",
                   "\"max_memkb\":32768,\"target_memkb\":65536", NULL);
}

static void vcpus(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "vcpus=3", "", "\"max_vcpus\":3,\"avail_vcpus\":[0,1,2]", NULL);
    check_accepted(HVM_GUEST "vcpus=1;maxvcpus=4", "", "\"max_vcpus\":4,\"avail_vcpus\":[0]", NULL);
    check_accepted(HVM_GUEST "maxvcpus=2", "", "\"max_vcpus\":2,", NULL);
    check_refused(HVM_GUEST "vcpus=4;maxvcpus=2",
                  "argument 1:4:18: 'maxvcpus' (2) is less than 'vcpus' (4)\n");
    check_accepted(HVM_GUEST "vcpus=129",
                   "argument 1:4:7: warning: an HVM guest can have 128 CPUs at most\n",
                   "\"max_vcpus\":129", NULL);
}

static void cpu_lists(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "vcpus=2;cpus='1-4,^2,^3-3,8'", "",
                   "\"vcpu_hard_affinity\":[[1,4,8],[1,4,8]]", NULL);
    check_accepted(HVM_GUEST "vcpus=2;cpus='node:1,^17-31'", "",
                   "\"vcpu_hard_affinity\":[[16],[16]]", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus='all,^nodes:1-3,^0-14'", "",
                   "\"vcpu_hard_affinity\":[[15]]", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus='1, 2'", "", "\"vcpu_hard_affinity\":[[1,2]]", NULL);
    check_accepted(HVM_GUEST "vcpus=3;cpus=['1',2]", "",
                   "\"vcpu_hard_affinity\":[[1],[2]],\"numa_placement\":\"False\"", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus=['1','2']",
                   "argument 1:4:19: warning: 'cpus' has 2 entries and the guest has 1 CPU\n",
                   "\"vcpu_hard_affinity\":[[1]]", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus_soft='3'", "",
                   "\"vcpu_soft_affinity\":[[3]],\"numa_placement\":\"False\"", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus='63-70'",
                   "argument 1:4:15: warning: this host has no CPU 70: it has 64\n",
                   "\"vcpu_hard_affinity\":[[63]]", NULL);
    check_accepted(HVM_GUEST "vcpus=1;cpus_soft=''",
                   "argument 1:4:19: warning: 'cpus_soft' leaves the guest no CPU to run on\n",
                   "\"vcpu_soft_affinity\":[[]]", NULL);
}

static void wrong_cpu_lists(void **state)
{
    static const char *const words[] = { "^all", "3-1", "5x", "-1", "1-", "node:", "nod:1", "x" };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        auto_free char *text = xasprintf(HVM_GUEST "vcpus=1;cpus='0,%s'", words[i]);
        auto_free char *messages =
            xasprintf("argument 1:4:17: '%s' in 'cpus' is no set of CPUs; expected N, A-B, ^N, "
                      "node:N or all, separated by ','\n",
                      words[i]);

        check_refused(text, messages);
    }
    check_refused(HVM_GUEST "vcpus=1;cpus=''",
                  "argument 1:4:14: 'cpus' leaves the guest no CPU to run on\n");
    check_refused(HVM_GUEST "vcpus=1;cpus='64'",
                  "argument 1:4:14: 'cpus' leaves the guest no CPU to run on\n"
                  "argument 1:4:15: warning: this host has no CPU 64: it has 64\n");
}

static void vnuma(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "vnuma=[['pnode=0','size=32','vcpus=0','vdistances=10,20'],"
                             "[' pnode = 1 ','size=32','vcpus=1-2,3','vdistances=20']]",
                   "", "\"max_vcpus\":4,\"numa_placement\":\"False\",\"max_memkb\":65536",
                   "\"vnuma_nodes\":[{\"memkb\":32768,\"distances\":[10,20],\"vcpus\":[0]},"
                   "{\"memkb\":32768,\"distances\":[20,0],\"pnode\":1,\"vcpus\":[1,2,3]}]",
                   NULL);
    check_accepted(HVM_GUEST "vnuma=[]", "", NULL);
    check_accepted(
        PVH_GUEST "vnuma=[['size=32','vcpus=0']]",
        "argument 1:5:1: warning: libxl fails to build a PVH guest with 'vnuma'; guests of "
        "the types hvm and pv can have it\n",
        NULL);
    check_refused(HVM_GUEST "maxvcpus=3;vnuma=[['size=32','vcpus=0']]",
                  "argument 1:4:12: the nodes of 'vnuma' have 1 virtual CPUs and 'maxvcpus' is "
                  "3\n");
    check_refused(HVM_GUEST "vcpus=3;vnuma=[['size=32','vcpus=0']]",
                  "argument 1:4:9: the nodes of 'vnuma' have 1 virtual CPUs and 'vcpus' is 3\n");
    check_refused(HVM_GUEST "maxmem=33;vnuma=[['size=32','vcpus=0']]",
                  "argument 1:4:11: the nodes of 'vnuma' have 32 MiB and 'maxmem' is 33 MiB\n");
    check_refused(HVM_GUEST "vnuma=[['size=32','vcpus=0-64']]",
                  "argument 1:4:1: the nodes of 'vnuma' have 65 virtual CPUs and the host has 64; "
                  "'maxvcpus' with that number allows it\n");
    check_refused(HVM_GUEST "vnuma=[['pnode=4','size=32','vcpus=0']]",
                  "argument 1:4:16: this host has no node 4: it has 4\n");
    check_refused(HVM_GUEST "vnuma=[['size=32','vcpus=0,0']]",
                  "argument 1:4:26: virtual CPU 0 is in a node already\n");
    check_refused(HVM_GUEST "vnuma=[['size=32','vcpus=x']]",
                  "argument 1:4:26: 'x' is no value of 'vcpus'; expected virtual CPUs such as "
                  "0-1,3\n");
    check_refused(HVM_GUEST "vnuma=[['size=32','vcpus=0','vdistances=1,2']]",
                  "argument 1:4:41: 'vdistances' has more than one number for each of the 1 "
                  "nodes\n");
}

static void disks(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "disk=['/dev/a,raw,xvda,rw',' /b.img, qcow2, hda, r']", "",
                   "\"disks\":[{\"pdev_path\":\"/dev/a\",\"vdev\":\"xvda\",\"format\":\"raw\","
                   "\"readwrite\":1},",
                   NULL);
    check_accepted(PV_GUEST "disk=[',hdc:cdrom,r','iscsi:iqn,xvda,w','file:/x,sda1,ro']", "",
                   "{\"pdev_path\":\"\",\"vdev\":\"hdc\",\"format\":\"empty\",\"removable\":1,"
                   "\"is_cdrom\":1}",
                   "{\"pdev_path\":\"iqn\",\"vdev\":\"xvda\",\"format\":\"raw\","
                   "\"script\":\"block-iscsi\",\"readwrite\":1}",
                   "{\"pdev_path\":\"/x\",\"vdev\":\"sda1\",\"format\":\"raw\"}", NULL);
    check_accepted(PV_GUEST "disk=['vdev=xvda,backend=d,script=s,direct-io-safe,no-discard,"
                            "backendtype=qdisk,target=/a,b,c']",
                   "", "\"backend_domname\":\"d\",\"pdev_path\":\"/a,b,c\"",
                   "\"backend\":\"qdisk\"", "\"script\":\"s\"", "\"direct_io_safe\":true",
                   "\"discard_enable\":\"False\"", NULL);
}

static void wrong_disks(void **state)
{
    static const struct {
        const char *spec, *message;
    } wrong[] = {
        { "/a,foo,xvda", "11: 'foo' is no value of 'format'; expected one of raw, qcow, qcow2, "
                         "vhd, qed" },
        { "/a,raw,xvda,q", "20: 'q' is no value of 'access'; expected one of r, ro, w, rw, w!" },
        { "/a,raw,xvda,rw,cdrm", "23: 'disk' has no part 'cdrm'; did you mean 'cdrom'?" },
        { "/a,raw,xvda,rw,qqqqq", "23: 'qqqqq' is one word too many; target, format, vdev and "
                                  "access stand before it" },
        { "/a,raw,xvda,rw,bogus=12", "23: 'disk' has no part 'bogus'" },
        { "/a", "7: this 'disk' has no 'vdev'; add vdev=xvda" },
        { "vdev=xvda", "7: this 'disk' has no 'target'; add target=/dev/vg/web" },
        { "foo:/a,raw,xvda", "8: 'foo:' is no prefix of a target; write target=... at the end "
                             "where the target has a ':' or a ','" },
        { "/a,raw,xvda,rw,vdev=xvdb", "23: 'vdev' is given twice" },
        { "/a,raw,xvda,rw,devtype=floppy",
          "31: 'floppy' is no value of 'devtype'; expected disk or cdrom" },
        { "/a,raw,xvda,rw,backendtype=x", "35: 'x' is no value of 'backendtype'; expected one of "
                                          "phy, tap, qdisk, standalone" },
        { "/a b=c,raw,xvda", "12: this disk is not valid: bad disk syntax; an example is disk = [ "
                             "\"/dev/vg/web,raw,xvda,rw\" ]" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        auto_free char *text = xasprintf(PV_GUEST "disk=['%s']", wrong[i].spec);
        auto_free char *messages = xasprintf("argument 1:5:%s\n", wrong[i].message);

        check_refused(text, messages);
    }
    check_accepted(PV_GUEST "disk=['/a,raw,/dev/xvda1']",
                   "argument 1:5:15: warning: '/dev/xvda1' is no name of a disk: libxl will "
                   "refuse it; did you mean 'xvda1'?\n",
                   NULL);
    check_accepted(PV_GUEST "disk=['/a,raw,sdq']",
                   "argument 1:5:15: warning: 'sdq' is no name of a disk: libxl will refuse it; "
                   "names are xvda, hda to hdd, sda to sdp or d0p1, and may have the number of a "
                   "partition\n",
                   NULL);
}

static void vifs(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "vif=['','mac=00:16:3E:0:0:1,bridge=a,rate=250KB/s@20ms',"
                            "'type=vif,untrusted,devid=7,mtu=9000']",
                   "",
                   "\"nics\":[{\"devid\":0},{\"devid\":1,\"mac\":\"00:16:3e:00:00:01\","
                   "\"bridge\":\"a\",\"rate_bytes_per_interval\":5000,"
                   "\"rate_interval_usecs\":20000},{\"devid\":7,\"mtu\":9000,"
                   "\"nictype\":\"vif\",\"trusted\":\"False\"}]",
                   NULL);
    check_accepted(PV_GUEST "vif=['ip=1.2.3.4,script=s,backend=b,vifname=v,model=e1000,"
                            "gatewaydev=g,trusted,colo_sock_mirror_id=i']",
                   "", "\"ip\":\"1.2.3.4\"", "\"script\":\"s\"", "\"backend_domname\":\"b\"",
                   "\"ifname\":\"v\"", "\"model\":\"e1000\"", "\"gatewaydev\":\"g\"",
                   "\"trusted\":\"True\"", "\"colo_sock_mirror_id\":\"i\"", NULL);
    check_accepted(PV_GUEST "vif=['netdev=e,accel=1']",
                   "argument 1:5:7: warning: 'netdev' is deprecated; use 'gatewaydev'\n"
                   "argument 1:5:16: warning: 'accel' is obsolete and has no effect\n",
                   "\"gatewaydev\":\"e\"", NULL);
    check_accepted(PV_GUEST "vif=['brigde=a']",
                   "argument 1:5:7: warning: 'vif' has no part 'brigde'; it is not used; did you "
                   "mean 'bridge'?\n",
                   "\"nics\":[{\"devid\":0}]", NULL);
    check_accepted(PV_GUEST "vif=['type=foo,bridge']",
                   "argument 1:5:12: warning: 'foo' is no value of 'type'; it is not used; "
                   "expected one of vif, ioemu\n"
                   "argument 1:5:16: warning: 'bridge' needs a value; it is not used; expected a "
                   "string\n",
                   "\"nics\":[{\"devid\":0}]", NULL);
    check_refused(PV_GUEST "vif=['rate=fast']",
                  "argument 1:5:12: 'fast' is no value of 'rate'; expected a rate such as 10Mb/s "
                  "or 250KB/s@20ms\n");
    check_accepted(PV_GUEST "vif=['mac=00:16:3e:00:00:01','mac=00-16-3E-0-0-1 ']",
                   "argument 1:5:30: warning: another network interface has the MAC address "
                   "'00:16:3e:00:00:01'\n",
                   NULL);
}

static void pcis(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "pci=['0000:03:00.*@5,permissive=1','name=gpu,rdm_policy=strict',"
                             "'bdf=ff:1f.7,vslot=1f']",
                   "",
                   "\"pcidevs\":[{\"bus\":3,\"vdevfn\":40,\"vfunc_mask\":4294967295,"
                   "\"permissive\":true},{\"rdm_policy\":\"strict\",\"name\":\"gpu\"},"
                   "{\"func\":7,\"dev\":31,\"bus\":255,\"vdevfn\":248,\"vfunc_mask\":1}]",
                   NULL);
    check_accepted(HVM_GUEST "pci=['03:00.0','03:00.1,seize=0'];pci_seize=1;pci_permissive=1", "",
                   "{\"bus\":3,\"vfunc_mask\":1,\"permissive\":true,\"seize\":true},"
                   "{\"func\":1,\"bus\":3,\"vfunc_mask\":1,\"permissive\":true}",
                   NULL);
    check_accepted(PV_GUEST "pci=['03:00.0']", "", "\"e820_host\":\"True\"",
                   "\"rdm_policy\":\"strict\"", NULL);
    check_refused(HVM_GUEST "pci=['03:00.8','0:d:0.0.','zz:00.0','03:00.0@20',"
                            "'10000:03:00.0','03:20.0','name=a,03:00.1','','03:00.0,x=1']",
                  "argument 1:4:7: '03:00.8' is no PCI address; an example is 0000:03:00.0\n"
                  "argument 1:4:17: '0:d:0.0.' is no PCI address; an example is 0000:03:00.0\n"
                  "argument 1:4:28: 'zz:00.0' is no PCI address; an example is 0000:03:00.0\n"
                  "argument 1:4:38: '20' is no slot; slots are hexadecimal, from 0 to 1f\n"
                  "argument 1:4:51: '10000:03:00.0' is no PCI address; an example is "
                  "0000:03:00.0\n"
                  "argument 1:4:67: '03:20.0' is no PCI address; an example is 0000:03:00.0\n"
                  "argument 1:4:84: 'pci' has no part '03:00.1'\n"
                  "argument 1:4:93: a PCI device has neither an address nor a name; an example is "
                  "0000:03:00.0\n"
                  "argument 1:4:96: the list has another entry for '0000:03:00.0'\n"
                  "argument 1:4:105: 'pci' has no part 'x'\n");
}

static void other_devices(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "vfb=['vnc=1,vncpasswd=x','sdl=1']", "",
                   "\"vfbs\":[{\"devid\":0,\"vnc\":{\"enable\":\"True\",\"passwd\":\"x\"},"
                   "\"sdl\":{}},{\"devid\":1,\"vnc\":{},\"sdl\":{\"enable\":\"True\"}}],"
                   "\"vkbs\":[{\"devid\":0},{\"devid\":1}]",
                   NULL);
    check_accepted(PV_GUEST "vfb=['vnc=1'];vkb=['backend-type=linux,multi-touch-width=1']", "",
                   "\"vkbs\":[{\"devid\":0},{\"devid\":1,\"backend_type\":\"linux\","
                   "\"feature_multi_touch\":true,\"multi_touch_width\":1}]",
                   NULL);
    check_accepted(PV_GUEST "channel=[' connection = socket , path = /x , name = b ']", "",
                   "{\"devid\":0,\"name\":\"b\",\"connection.socket\":{\"path\":\"/x\"}}", NULL);
    check_accepted(PV_GUEST "usbctrl=['type=PV,version=1'];usbdev=['hostbus=1,hostaddr=0x10']", "",
                   "\"usbctrls\":[{\"type\":\"pv\",\"devid\":0,\"version\":1}],\"usbdevs\":[{"
                   "\"type.hostdev\":{\"hostbus\":1,\"hostaddr\":16}}]",
                   NULL);
    check_accepted(PV_GUEST "vdispl=['be-alloc=1,connectors=id0:1920x1080;id1:800x600']", "",
                   "{\"devid\":0,\"be_alloc\":true,\"connectors\":[{\"unique_id\":\"id0\","
                   "\"width\":1920,\"height\":1080},{\"unique_id\":\"id1\",\"width\":800,"
                   "\"height\":600}]}",
                   NULL);
    check_accepted(PV_GUEST "vtpm=['backend=a,uuid=01234567-89ab-cdef-0123-456789abcdef']", "",
                   "\"vtpms\":[{\"backend_domname\":\"a\",\"devid\":0,"
                   "\"uuid\":\"01234567-89ab-cdef-0123-456789abcdef\"}]",
                   NULL);
    check_accepted(PV_GUEST "p9=['tag=a,path=/b,security_model=none'];pvcalls=['backend=c']", "",
                   "\"p9s\":[{\"tag\":\"a\",\"path\":\"/b\",\"security_model\":\"none\"}],"
                   "\"pvcallsifs\":[{\"backend_domname\":\"c\",\"devid\":0}]",
                   NULL);
}

static void missing_parts(void **state)
{
    static const struct {
        const char *text, *message;
    } missing[] = {
        { "vtpm=['']", "7: this 'vtpm' has no 'backend'; add backend=vtpmmgr" },
        { "p9=['path=/b,security_model=none']", "5: this 'p9' has no 'tag'; add tag=share" },
        { "vkb=['unique-id=a']", "6: this 'vkb' has no 'backend-type'; add backend-type=linux" },
        { "vdispl=['be-alloc=1']",
          "9: this 'vdispl' has no 'connectors'; add connectors=id0:1920x1080;id1:800x600" },
        { "channel=['name=a']", "10: this 'channel' has no 'connection'; add connection=pty" },
        { "channel=['connection=socket']",
          "10: this 'channel' has no 'path'; add path=/run/agent.sock" },
        { "vkb=['backend-type=qemu,feature-multi-touch=1']",
          "6: this 'vkb' has no 'multi-touch-width'; add multi-touch-width=1920" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(missing); i++) {
        auto_free char *text = xasprintf(PV_GUEST "%s", missing[i].text);
        auto_free char *messages = xasprintf("argument 1:5:%s\n", missing[i].message);

        check_refused(text, messages);
    }
}

static void sound(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "vsnd=[['CARD, short-name=M,backend=d,sample-rates=1;2,sample-formats="
                            "s16_le;F64_BE,channels-min=1,channels-max=2,buffer-size=9','PCM, "
                            "name=p','STREAM, unique-id=a, type=p','stream, type=C','PCM',"
                            "'STREAM,sample-rates=8000']]",
                   "",
                   "\"vsnds\":[{\"backend_domname\":\"d\",\"devid\":0,\"short_name\":\"M\","
                   "\"params\":{\"sample_rates\":[1,2],\"sample_formats\":[\"s16_le\","
                   "\"f64_be\"],\"channels_min\":1,\"channels_max\":2,\"buffer_size\":9},"
                   "\"pcms\":[{\"name\":\"p\",\"params\":{},\"streams\":[{\"unique_id\":\"a\","
                   "\"type\":\"p\",\"params\":{}},{\"type\":\"c\",\"params\":{}}]},{"
                   "\"params\":{},\"streams\":[{\"params\":{\"sample_rates\":[8000]}}]}]}]",
                   NULL);
    check_refused(PV_GUEST "vsnd=[['DISC'],['CARD, type=p'],['STREAM, type=x'],"
                           "['PCM, sample-formats=float_le'],['CARD, foo=1']]",
                  "argument 1:5:9: an item of 'vsnd' begins with CARD, PCM or STREAM, not 'DISC'\n"
                  "argument 1:5:24: 'type' is no part of a CARD\n"
                  "argument 1:5:48: 'x' is no value of 'type'; expected p (playback) or c "
                  "(capture)\n"
                  "argument 1:5:74: 'float_le' is no sample format; examples are s16_le, s32_be "
                  "and f32_le\n"
                  "argument 1:5:93: 'vsnd' has no part 'foo'\n");
}

static void ranges(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "ioports=['2f8-2ff','0x3f8',80];irqs=[5,'7'];"
                             "iomem=['fd000,40','0x10,1@20']",
                   "",
                   "\"ioports\":[{\"first\":760,\"number\":8},{\"first\":1016,\"number\":1},{"
                   "\"first\":128,\"number\":1}],\"irqs\":[5,7],\"iomem\":[{\"start\":1036288,"
                   "\"number\":64},{\"start\":16,\"number\":1,\"gfn\":32}]",
                   NULL);
    check_refused(HVM_GUEST "irqs=['0x5'];iomem=['fd000','1,2,3']",
                  "argument 1:4:7: '0x5' is no entry of 'irqs'; expected a decimal number\n"
                  "argument 1:4:21: 'fd000' is no entry of 'iomem'; expected two hexadecimal "
                  "numbers of pages as in fd000,40, and @GFN if wanted\n"
                  "argument 1:4:29: '1,2,3' is no entry of 'iomem'; expected two hexadecimal "
                  "numbers of pages as in fd000,40, and @GFN if wanted\n");
}

static void cpuid(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "cpuid='host,tm=0,sse3=k'", "",
                   "{\"leaf\":1,\"ecx\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxk\","
                   "\"edx\":\"xx0xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
                   NULL);
    check_accepted(PV_GUEST "cpuid=['0x7,0:ebx=00000000000000000000000000000000']", "",
                   "{\"leaf\":7,\"subleaf\":0,\"ebx\":\"00000000000000000000000000000000\"}", NULL);
}

static void hardware(void **state)
{
    (void)state;
    check_accepted(HVM_GUEST "viridian=['defaults','!crash_ctl','stimer']", "",
                   "\"viridian\":\"True\",\"viridian_enable\":[8],\"viridian_disable\":[6]", NULL);
    check_accepted(HVM_GUEST "viridian=['all','!base']", "", "\"viridian_enable\":[1,2,3,4,5,6,7,",
                   "\"viridian_disable\":[0]", NULL);
    check_refused(HVM_GUEST "viridian=['stimers','!all','qq']",
                  "argument 1:4:11: 'stimers' is no group of 'viridian'; did you mean "
                  "'stimer'?\n"
                  "argument 1:4:21: 'all' is no group of 'viridian'; see xn.cfg(5)\n"
                  "argument 1:4:28: 'qq' is no group of 'viridian'; see xn.cfg(5)\n");
    check_accepted(HVM_GUEST "tsc_mode=2;timer_mode=3",
                   "argument 1:4:10: warning: a number for 'tsc_mode' is deprecated; write "
                   "\"native\"\n"
                   "argument 1:4:23: warning: a number for 'timer_mode' is deprecated; write "
                   "\"one_missed_tick_pending\"\n",
                   "\"tsc_mode\":\"native\"", "\"timer_mode\":\"one_missed_tick_pending\"", NULL);
    check_refused(HVM_GUEST "tsc_mode=4",
                  "argument 1:4:10: '4' is no value of 'tsc_mode'; expected "
                  "one of default, always_emulate, native, "
                  "native_paravirt\n");
    check_refused(PV_GUEST "timer_mode='delay_for_missed_ticks'",
                  "argument 1:5:1: 'timer_mode' is not possible for a PV guest\n");
    check_accepted(HVM_GUEST "rtc_timeoffset='-3600'", "", "\"rtc_timeoffset\":4294963696", NULL);
    check_accepted(HVM_GUEST "gfx_passthru='igd'", "",
                   "\"gfx_passthru\":\"True\",\"gfx_passthru_kind\":\"igd\"", NULL);
    check_accepted(HVM_GUEST "stdvga=1",
                   "argument 1:4:1: warning: 'stdvga' is deprecated; use "
                   "'vga'\n",
                   "\"vga\":{\"kind\":\"std\"}", NULL);
    check_refused(HVM_GUEST "mmio_hole=255",
                  "argument 1:4:11: '255' is out of range for 'mmio_hole'; it must be from 256 to "
                  "3840\n");
}

static void booting(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "root='/dev/x';extra='ro'", "", "\"cmdline\":\"root=/dev/xro\"", NULL);
    check_accepted(PV_GUEST "cmdline='a';extra='b'",
                   "argument 1:5:1: warning: 'cmdline' is used and 'extra' is not\n",
                   "\"cmdline\":\"a\"", NULL);
    check_accepted(PV_GUEST "bootloader='pygrub';bootloader_args='a  b'",
                   "argument 1:5:37: warning: a string for 'bootloader_args' is deprecated; write "
                   "a list of strings\n",
                   "\"bootloader_args\":[\"a\",\"b\"]", NULL);
    check_accepted(HVM_GUEST "kernel='/usr/lib/xen/boot/hvmloader'",
                   "argument 1:4:8: warning: 'kernel' does not choose the firmware of an HVM guest "
                   "and is not used; leave it out\n",
                   NULL);
    check_accepted(HVM_GUEST "firmware='uefi'", "", "\"bios\":\"ovmf\"", NULL);
    check_accepted(HVM_GUEST "firmware='Rombios'", "", "\"bios\":\"rombios\"", NULL);
    check_same(HVM_GUEST "firmware='bios'", HVM_GUEST);
    check_accepted(HVM_GUEST "firmware='/a/b'", "", "\"firmware\":\"/a/b\"", NULL);
    check_refused(PV_GUEST "firmware='pvgrub64'",
                  "argument 1:5:1: both 'kernel' and 'firmware' are "
                  "set; a PV guest boots one of them\n");
    check_refused("name='a'", "argument 1: a PV guest needs 'kernel' or 'bootloader'; only type = "
                              "\"hvm\" boots from its disk\n");
}

static void displays(void **state)
{
    (void)state;
    check_accepted(PV_GUEST "vnc=1;vncdisplay=3;keymap='de'", "",
                   "\"vfbs\":[{\"devid\":0,\"vnc\":{\"enable\":\"True\",\"display\":3},\"sdl\":{}"
                   ",\"keymap\":\"de\"}],\"vkbs\":[{\"devid\":0}]",
                   NULL);
    check_accepted(HVM_GUEST "vnc=1;vnclisten='0.0.0.0:2';sdl=0;serial=['pty','null']", "",
                   "\"vnc\":{\"enable\":\"True\",\"listen\":\"0.0.0.0:2\"},\"sdl\":{\"enable\":"
                   "\"False\"}",
                   "\"serial_list\":[\"pty\",\"null\"]", NULL);
    check_refused(HVM_GUEST "vnc=1;vnclisten='0.0.0.0:2';vncdisplay=1",
                  "argument 1:4:29: the display is both in 'vnclisten' and in 'vncdisplay'\n");
}

static void actions(void **state)
{
    (void)state;
    check_accepted(PV_GUEST, "", "\"on_reboot\":\"restart\",\"on_soft_reset\":\"soft_reset\"",
                   NULL);
    check_accepted(PV_GUEST "on_crash='coredump-restart';on_reboot='rename-restart'", "",
                   "\"on_reboot\":\"restart_rename\",\"on_crash\":\"coredump_restart\"", NULL);
    check_refused(PV_GUEST "on_crash='Destroy'",
                  "argument 1:5:10: 'Destroy' is no value of 'on_crash'; did you mean "
                  "'destroy'?\n");
}

/* Reads one device; the result is its JSON without blanks, or the error. The caller frees it. */
static char *read_device(const char *key, char **words, size_t count)
{
    const struct string_list list = { words, count };
    const struct device_request request = { .key = key,
                                            .words = &list,
                                            .type = LIBXL_DOMAIN_TYPE_HVM };
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct error *error = NULL;
    libxl_domain_config config;
    struct str text = STR_INIT;

    libxl_domain_config_init(&config);
    if (config_read_device(&request, &diagnostics, &config, &error) < 0) {
        str_add(&text, error->message);
    } else {
        auto_free char *json = libxl_domain_config_to_json(NULL, &config);

        for (const char *from = json; *from; from++)
            if (*from != ' ' && *from != '\n')
                str_add_char(&text, *from);
    }
    error_free(error);
    diagnostics_release(&diagnostics);
    libxl_domain_config_dispose(&config);
    return str_detach(&text);
}

static void check_device(const char *key, const char *first, const char *second,
                         const char *expected)
{
    char *words[] = { (char *)(uintptr_t)first, (char *)(uintptr_t)second };
    char *text = read_device(key, words, second ? 2 : 1);

    if (!strstr(text, expected))
        print_error("%s: %s\n", key, text);
    assert_non_null(strstr(text, expected));
    free(text);
}

static void devices_of_a_command_line(void **state)
{
    (void)state;
    check_device("vif", "bridge=b", "mac=00:16:3e:00:00:01",
                 "\"nics\":[{\"mac\":\"00:16:3e:00:00:01\",\"bridge\":\"b\"}]");
    check_device("disk", "target=/a,b", "vdev=xvda",
                 "\"disks\":[{\"pdev_path\":\"/a,b\",\"vdev\":\"xvda\"");
    check_device("disk", "/a,raw,xvda", NULL, "\"pdev_path\":\"/a\"");
    check_device("pci", "03:00.0", "seize=1", "\"bus\":3,\"vfunc_mask\":1,\"seize\":true");
    check_device("usbdev", "hostbus=1", "hostaddr=2", "\"hostbus\":1,\"hostaddr\":2");
    check_device("vsnd", "CARD, short-name=M", "PCM, name=p", "\"vsnds\":[{\"short_name\":\"M\"");
    check_device("vif", "devid=3", NULL, "\"nics\":[{\"devid\":3}]");
    check_device("vif", "bridge=b", "brigde=c",
                 "vif:1:10: 'vif' has no part 'brigde'; did you mean 'bridge'?");
    check_device("vsnd", "CARD", "PCM, type=p", "vsnd:1:11: 'type' is no part of a PCM");
    check_device("disk", "/a,raw,foo", NULL, "disk:1:8: 'foo' is no name of a disk");
    check_device("vif", "type=foo", NULL, "vif:1:6: 'foo' is no value of 'type'");
    check_device("disk", "/a,foo,xvda", NULL, "disk:1:4: 'foo' is no value of 'format'");
    check_device("memory", "1", NULL, "this xn knows no devices of the kind 'memory'");
    check_device("virtio", "type=x", NULL, "this xn knows no devices of the kind 'virtio'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory),
        cmocka_unit_test(vcpus),
        cmocka_unit_test(cpu_lists),
        cmocka_unit_test(wrong_cpu_lists),
        cmocka_unit_test(vnuma),
        cmocka_unit_test(disks),
        cmocka_unit_test(wrong_disks),
        cmocka_unit_test(vifs),
        cmocka_unit_test(pcis),
        cmocka_unit_test(other_devices),
        cmocka_unit_test(missing_parts),
        cmocka_unit_test(sound),
        cmocka_unit_test(ranges),
        cmocka_unit_test(cpuid),
        cmocka_unit_test(hardware),
        cmocka_unit_test(booting),
        cmocka_unit_test(displays),
        cmocka_unit_test(actions),
        cmocka_unit_test(devices_of_a_command_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
