/* Put before a process with LD_PRELOAD: counts what is flushed to the disk and makes each slower. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_long flushed;

static int slowly(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *more = getenv("FSYNC_MICROSECONDS");
    atomic_fetch_add(&flushed, 1);
    if (more) usleep((useconds_t)atol(more));
    return real(file);
}

int fsync(int file) { return slowly("fsync", file); }
int fdatasync(int file) { return slowly("fdatasync", file); }
long fsyncs(void) { return atomic_load(&flushed); }
