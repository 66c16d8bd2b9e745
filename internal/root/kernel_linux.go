package root

import (
	"os"
	"syscall"
)

// The file systems through which the kernel shows itself, as statfs(2) numbers them.
const (
	procMagic = 0x9fa0
	sysMagic  = 0x62656572
)

// isKernel reports whether a file belongs to /proc or /sys. Such files claim to be regular, and hold a process's
// environment and memory.
func isKernel(f *os.File) bool {
	var s syscall.Statfs_t
	if err := syscall.Fstatfs(int(f.Fd()), &s); err != nil {
		return false
	}
	return int64(s.Type) == procMagic || int64(s.Type) == sysMagic //nolint:unconvert // it is 32 bits wide elsewhere
}
