/* A layer between a program and the C library: counts the calls that write below one folder, and ends the process, tears the
   write or refuses it at one of them; writes all of them down, so that a power loss can be played; and turns the clock back.

   Loaded by LD_PRELOAD, it does nothing until torture_arm is called. Descriptors are followed from their opening on. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, KILL, TEAR, FULL, BROKEN };

static char folder[4096];
static size_t folder_length;
static long counted, fault_at;
static int fault;
static int log_file = -1;
static long clock_offset;
static unsigned char ours[65536]; /* descriptors of files below the folder */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

void torture_arm(const char *path, int kind, long at, int log)
{
    snprintf(folder, sizeof folder, "%s", path);
    folder_length = strlen(folder);
    fault = kind;
    fault_at = at;
    counted = 0;
    log_file = log;
}

long torture_count(void) { return counted; }

void torture_clock(long seconds) { clock_offset = seconds; }

static int below(const char *path)
{
    return folder_length && path && strncmp(path, folder, folder_length) == 0
        && (path[folder_length] == '/' || !path[folder_length]);
}

static int is_ours(int fd) { return fd >= 0 && fd < (int)sizeof ours && ours[fd]; }

/* One line of the log: a kind, the file's inode, a place, a length, and so many bytes. */
static void note(char kind, uint64_t inode, uint64_t place, const void *data, uint32_t length)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (log_file < 0) return;
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    size_t size = 1 + 8 + 8 + 4 + length;
    char *line = malloc(size);
    line[0] = kind;
    memcpy(line + 1, &inode, 8);
    memcpy(line + 9, &place, 8);
    memcpy(line + 17, &length, 4);
    if (length) memcpy(line + 21, data, length);
    if (real(log_file, line, size) != (ssize_t)size) abort();
    free(line);
}

static uint64_t inode_of(int fd)
{
    struct stat facts;
    return fstat(fd, &facts) ? 0 : facts.st_ino;
}

static void note_names(char kind, const char *one, const char *other, uint64_t inode)
{
    char both[8192];
    int length = snprintf(both, sizeof both, "%s%c%s", one, 0, other ? other : "");
    note(kind, inode, 0, both, length);
}

/* Count a call that writes. Returns 0 to go on, 1 to write half and end, else the error to return. A full disk refuses only
   what takes room, and goes on to do so. */
static int met(int takes_room)
{
    counted++;
    if (!fault || counted < fault_at) return 0;
    if (fault == KILL && counted == fault_at) raise(SIGKILL);
    if (fault == TEAR && counted == fault_at) return 1;
    if (fault == FULL && takes_room) return ENOSPC;
    if (fault == BROKEN && counted == fault_at) return EIO;
    return 0;
}

#define GUARDED(condition, takes_room, result) \
    int is_met = (condition), trouble = 0; \
    if (is_met) { \
        pthread_mutex_lock(&lock); \
        trouble = met(takes_room); \
        if (trouble > 1) { \
            pthread_mutex_unlock(&lock); \
            errno = trouble; \
            return result; \
        } \
        if (trouble == 1) raise(SIGKILL); \
    }
#define DONE() do { int kept = errno; if (is_met) pthread_mutex_unlock(&lock); errno = kept; } while (0)

static ssize_t written(int fd, const void *data, size_t size, off_t place, int has_place)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
    static ssize_t (*real_write)(int, const void *, size_t);
    if (!real_write) real_write = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    int is_met = is_ours(fd), trouble = 0;
    if (is_met) {
        pthread_mutex_lock(&lock);
        trouble = met(1);
        if (trouble == 1) {
            if (has_place) real(fd, data, size / 2, place);
            else real_write(fd, data, size / 2);
            raise(SIGKILL);
        }
        if (trouble > 1) {
            pthread_mutex_unlock(&lock);
            errno = trouble;
            return -1;
        }
    }
    ssize_t result = has_place ? real(fd, data, size, place) : real_write(fd, data, size);
    if (is_met && result > 0 && log_file >= 0)
        note('W', inode_of(fd), has_place ? place : lseek(fd, 0, SEEK_CUR) - result, data, result);
    DONE();
    return result;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { return written(fd, data, size, place, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t place) { return written(fd, data, size, place, 1); }

static int opened(int at, const char *path, int flags, mode_t mode)
{
    REAL(int, "openat64", int, const char *, int, ...);
    struct stat facts;
    int is_below = below(path);
    int makes = is_below && (flags & O_CREAT) && stat(path, &facts) != 0;
    int cuts = is_below && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY && !makes;
    GUARDED(makes || cuts, makes, -1);
    int fd = real(at, path, flags, mode);
    if (fd >= 0 && fd < (int)sizeof ours) {
        ours[fd] = is_below;
        if (makes) note_names('C', path, 0, inode_of(fd));
        if (cuts) note('T', inode_of(fd), 0, 0, 0);
    }
    DONE();
    return fd;
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return opened(AT_FDCWD, path, flags, mode); \
    }
OPENING(open)
OPENING(open64)
#define OPENING_AT(name) \
    int name(int at, const char *path, int flags, ...) \
    { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        return opened(at, path, flags, mode); \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

int close(int fd)
{
    REAL(int, "close", int);
    if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = 0;
    return real(fd);
}

static int synced(int fd, const char *name)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    GUARDED(is_ours(fd), 0, -1);
    int result = real(fd);
    if (is_met && result == 0 && log_file >= 0) {
        char path[4096], link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path - 1);
        note('S', inode_of(fd), 0, path, length > 0 ? length : 0);
    }
    DONE();
    return result;
}

int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

static int truncated(int fd, off_t size)
{
    REAL(int, "ftruncate64", int, off_t);
    GUARDED(is_ours(fd), 0, -1);
    int result = real(fd, size);
    if (is_met && result == 0) note('T', inode_of(fd), size, 0, 0);
    DONE();
    return result;
}

int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return truncated(fd, size); }

int rename(const char *one, const char *other)
{
    REAL(int, "rename", const char *, const char *);
    GUARDED(below(one) || below(other), 0, -1);
    int result = real(one, other);
    if (is_met && result == 0) note_names('R', one, other, 0);
    DONE();
    return result;
}

int unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    GUARDED(below(path), 0, -1);
    int result = real(path);
    if (is_met && result == 0) note_names('U', path, 0, 0);
    DONE();
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    GUARDED(below(path), 1, -1);
    int result = real(path, mode);
    if (is_met && result == 0) note_names('M', path, 0, 0);
    DONE();
    return result;
}

int rmdir(const char *path)
{
    REAL(int, "rmdir", const char *);
    GUARDED(below(path), 0, -1);
    int result = real(path);
    if (is_met && result == 0) note_names('U', path, 0, 0);
    DONE();
    return result;
}

/* As shutil.rmtree removes files: by their names in an open folder. */
int unlinkat(int at, const char *name, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    char path[4096] = "", link[64];
    if (at >= 0 && folder_length) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, path, sizeof path - 300);
        if (length < 0) length = 0;
        path[length] = 0;
        snprintf(path + length, sizeof path - length, "/%s", name);
    } else
        snprintf(path, sizeof path, "%s", name);
    GUARDED(below(path), 0, -1);
    int result = real(at, name, flags);
    if (is_met && result == 0) note_names('U', path, 0, 0);
    DONE();
    return result;
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    int result = real(which, now);
    if (result == 0 && which == CLOCK_REALTIME) now->tv_sec += clock_offset;
    return result;
}

time_t time(time_t *now)
{
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}

int gettimeofday(struct timeval *now, void *zone)
{
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
