package root

import (
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// kernelFileSystems returns the statfs(2) types of file systems that expose kernel data.
func kernelFileSystems() []int64 {
	return []int64{
		unix.PROC_SUPER_MAGIC, unix.SYSFS_MAGIC, unix.DEBUGFS_MAGIC, unix.TRACEFS_MAGIC, unix.SECURITYFS_MAGIC, unix.SELINUX_MAGIC,
		unix.SMACK_MAGIC, unix.CGROUP_SUPER_MAGIC, unix.CGROUP2_SUPER_MAGIC, unix.BPF_FS_MAGIC, unix.PSTOREFS_MAGIC,
		unix.EFIVARFS_MAGIC, unix.NSFS_MAGIC, unix.DEVPTS_SUPER_MAGIC, unix.BINFMTFS_MAGIC,
	}
}

// isKernel reports whether a file is on /proc, /sys or another of these file systems. Their files appear to be regular,
// but contain the environment and memory of processes, or have side effects when read.
func isKernel(f *os.File) bool {
	var s unix.Statfs_t
	if err := unix.Fstatfs(int(f.Fd()), &s); err != nil {
		return false
	}
	return slices.Contains(kernelFileSystems(), int64(s.Type)) //nolint:unconvert // 32 bits wide on other architectures
}
