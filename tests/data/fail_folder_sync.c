/* Preloaded by tests: syncing a folder fails with the error number in FAIL_FOLDER_SYNC; files are synced as ever.
   With FAIL_READS too, files cannot be read from the first such failure on: the disk is gone. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int gone = 0;

static int fails(int handle) {
    const char *code = getenv("FAIL_FOLDER_SYNC");
    struct stat about;
    if (code == NULL || fstat(handle, &about) != 0 || !S_ISDIR(about.st_mode))
        return 0;
    errno = atoi(code);
    gone = getenv("FAIL_READS") != NULL;
    return 1;
}

int fsync(int handle) { return fails(handle) ? -1 : (int)syscall(SYS_fsync, handle); }

int fdatasync(int handle) { return fails(handle) ? -1 : (int)syscall(SYS_fdatasync, handle); }

static int is_gone(void) {
    errno = EIO;
    return gone && getenv("FAIL_FOLDER_SYNC") != NULL;
}

ssize_t read(int handle, void *to, size_t size) { return is_gone() ? -1 : syscall(SYS_read, handle, to, size); }

ssize_t pread64(int handle, void *to, size_t size, off64_t at) {
    return is_gone() ? -1 : syscall(SYS_pread64, handle, to, size, at);
}
