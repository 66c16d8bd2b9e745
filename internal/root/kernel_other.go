//go:build !linux

package root

import "os"

// isKernel reports whether a file is on a file system that exposes kernel data. Only Linux has these.
func isKernel(*os.File) bool { return false }
