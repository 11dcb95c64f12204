#include "faulty_vfs.hpp"

#include <sqlcipher/sqlite3.h>

#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

namespace kluis::test {
namespace {

FileHook current_hook;
sqlite3_vfs* real_vfs = nullptr;

struct File {
    sqlite3_file base;
    std::string* name;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}

int refusal_of(FileCall call, std::string_view file) {
    if (!current_hook || current_hook(call, file) == Fate::done) return SQLITE_OK;
    return SQLITE_FULL;
}

int close_file(sqlite3_file* file) {
    const int code = of(file)->real()->pMethods->xClose(of(file)->real());
    delete of(file)->name;
    return code;
}
int read_file(sqlite3_file* file, void* out, int count, sqlite3_int64 offset) {
    return of(file)->real()->pMethods->xRead(of(file)->real(), out, count, offset);
}
int write_file(sqlite3_file* file, const void* data, int count, sqlite3_int64 offset) {
    if (const int code = refusal_of(FileCall::write, *of(file)->name)) return code;
    return of(file)->real()->pMethods->xWrite(of(file)->real(), data, count, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = refusal_of(FileCall::truncate, *of(file)->name)) return code;
    return of(file)->real()->pMethods->xTruncate(of(file)->real(), size);
}
int sync_file(sqlite3_file* file, int flags) {
    if (const int code = refusal_of(FileCall::sync, *of(file)->name)) return code;
    return of(file)->real()->pMethods->xSync(of(file)->real(), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}
int lock_file(sqlite3_file* file, int level) {
    return of(file)->real()->pMethods->xLock(of(file)->real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
    return of(file)->real()->pMethods->xUnlock(of(file)->real(), level);
}
int check_lock(sqlite3_file* file, int* reserved) {
    return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), reserved);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
    return of(file)->real()->pMethods->xFileControl(of(file)->real(), operation, argument);
}
int sector_size(sqlite3_file* file) {
    return of(file)->real()->pMethods->xSectorSize(of(file)->real());
}
int characteristics(sqlite3_file* file) {
    return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real());
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return of(file)->real()->pMethods->xShmMap(of(file)->real(), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    of(file)->real()->pMethods->xShmBarrier(of(file)->real());
}
int shm_unmap(sqlite3_file* file, int remove) {
    return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
}

const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods table = [] {
        sqlite3_io_methods made{};
        made.iVersion = 2;  // without memory-mapped pages, which would go past the hook
        made.xClose = close_file;
        made.xRead = read_file;
        made.xWrite = write_file;
        made.xTruncate = truncate_file;
        made.xSync = sync_file;
        made.xFileSize = file_size;
        made.xLock = lock_file;
        made.xUnlock = unlock_file;
        made.xCheckReservedLock = check_lock;
        made.xFileControl = file_control;
        made.xSectorSize = sector_size;
        made.xDeviceCharacteristics = characteristics;
        made.xShmMap = shm_map;
        made.xShmLock = shm_lock;
        made.xShmBarrier = shm_barrier;
        made.xShmUnmap = shm_unmap;
        return made;
    }();
    return &table;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* made = new (file) File{};
    const int code = real_vfs->xOpen(real_vfs, name, made->real(), flags, out_flags);
    if (code != SQLITE_OK) return code;
    made->name = new std::string(name ? name : "");
    made->base.pMethods = methods();
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
    if (const int code = refusal_of(FileCall::remove, name)) return code;
    return real_vfs->xDelete(real_vfs, name, sync_folder);
}

}  // namespace

void install_faulty_vfs(FileHook hook) {
    static sqlite3_vfs vfs;
    if (!real_vfs) {
        real_vfs = sqlite3_vfs_find(nullptr);
        vfs = *real_vfs;
        vfs.zName = "faulty";
        vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
        vfs.xOpen = open_file;
        vfs.xDelete = delete_file;
        if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::runtime_error("no such vfs");
    }
    current_hook = std::move(hook);
}

}  // namespace kluis::test
