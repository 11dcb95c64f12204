# Runs the script that sources this once more where it may mount file systems: as root in a mount
# namespace of its own, else in a user namespace too. Where the system allows neither, the test ends
# as skipped. To be sourced before anything else.
# shellcheck shell=bash

if [[ -z ${KLUIS_OWN_MOUNTS:-} ]]; then
    unshare=(unshare --mount)
    ((EUID == 0)) || unshare+=(--map-root-user)
    # In a root that is no mount point of its own, there is nothing to be kept apart.
    "${unshare[@]}" true 2>/dev/null || unshare+=(--propagation=unchanged)
    if ! "${unshare[@]}" true; then
        echo "this system lets nobody mount a small disk here"
        # Where others rely on the result, what was not tried has not passed.
        [[ ${CI:-} != true ]] || exit 1
        exit 77
    fi
    KLUIS_OWN_MOUNTS=yes exec "${unshare[@]}" "$0" "$@"
fi

disks=()

# small_disk FOLDER SIZE: makes the folder, a disk of this size.
small_disk() {
    mkdir -p "$1"
    mount -t tmpfs -o "size=$2,mode=0700" tmpfs "$1"
    disks+=("$1")
}

# leave_room FOLDER KIB: all but so much of the disk is taken by a file.
leave_room() {
    local left
    left=$(df --output=avail -k "$1" | tail -1)
    if ((left > $2)); then
        fallocate --length $((left - $2))KiB --offset "$(stat -c %s "$1/ballast" 2>/dev/null || echo 0)" \
            "$1/ballast"
    fi
}

# free_disk FOLDER: takes that file away.
free_disk() {
    rm -f "$1/ballast"
}

remove_disks() {
    ((${#disks[@]} == 0)) || umount --lazy "${disks[@]}"
}
