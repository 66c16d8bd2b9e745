package root

import (
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// kernelFileSystems are those through which the kernel shows itself, as statfs(2) numbers them.
func kernelFileSystems() []int64 {
	return []int64{
		unix.PROC_SUPER_MAGIC, unix.SYSFS_MAGIC, unix.DEBUGFS_MAGIC, unix.TRACEFS_MAGIC, unix.SECURITYFS_MAGIC, unix.SELINUX_MAGIC,
		unix.SMACK_MAGIC, unix.CGROUP_SUPER_MAGIC, unix.CGROUP2_SUPER_MAGIC, unix.BPF_FS_MAGIC, unix.PSTOREFS_MAGIC,
		unix.EFIVARFS_MAGIC, unix.NSFS_MAGIC, unix.DEVPTS_SUPER_MAGIC, unix.BINFMTFS_MAGIC,
	}
}

// isKernel reports whether a file belongs to /proc, /sys or another of these. Such files claim to be regular, and hold a
// process's environment and memory, or do something when they are read.
func isKernel(f *os.File) bool {
	var s unix.Statfs_t
	if err := unix.Fstatfs(int(f.Fd()), &s); err != nil {
		return false
	}
	return slices.Contains(kernelFileSystems(), int64(s.Type)) //nolint:unconvert // it is 32 bits wide elsewhere
}
