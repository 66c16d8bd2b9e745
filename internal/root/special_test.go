//go:build unix

package root

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestSpecialFilesAreRefused: reading a file that is not regular fails without blocking, at any path and through links.
func TestSpecialFilesAreRefused(t *testing.T) {
	r, top := tree(t, "stack/d/", "stack/l -> fifo", "stack/m -> l")
	dir := filepath.Join(top, "stack")
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = socket.Close() }()
	for _, name := range []string{"fifo", "l", "m", "socket", "d"} {
		if data, err := r.ReadFile(name, 10); err == nil || !(strings.Contains(err.Error(), "not a regular file") || strings.Contains(err.Error(), "is a directory")) {
			t.Errorf("%s: %q, %v", name, data, err)
		}
		if err := r.Rewrite(name, nil, []byte("x")); err == nil {
			t.Errorf("%s is rewritten", name)
		}
		if data, err := ReadRegular(filepath.Join(dir, name), 10); err == nil || !(strings.Contains(err.Error(), "not a regular file") || strings.Contains(err.Error(), "is a directory")) {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	for _, name := range []string{"fifo", "l", "m", "socket"} {
		if entries, err := r.ReadDir(name); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "not a directory") {
			t.Errorf("%s: %v, %v", name, entries, err)
		}
		if _, err := fs.ReadDir(r.FS(name), "."); err == nil {
			t.Errorf("%s is listed", name)
		}
		if _, err := Open(filepath.Join(dir, name)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is opened: %v", name, err)
		}
	}
	for _, device := range []string{"/dev/null", "/dev/zero", "/dev/tty", "/dev/full", "/dev/ptmx"} {
		if _, err := os.Stat(device); err != nil {
			continue
		}
		if data, err := ReadRegular(device, 10); err == nil {
			t.Errorf("%s: %q", device, data)
		}
	}
}

// TestKernelFilesAreRefused: kernel files appear to be regular files.
func TestKernelFilesAreRefused(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux")
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink("/proc/self/environ", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/proc/self/environ", "/proc/self/cmdline", "/proc/self/mem", "/proc/version", "/proc/self/root/proc/self/environ", "/sys/kernel/notes",
		"/sys/fs/cgroup/cgroup.procs", "/sys/kernel/debug/x", "/proc/kmsg", link,
	} {
		if data, err := ReadRegular(path, 100_000); err == nil {
			t.Errorf("%s: %d bytes", path, len(data))
		}
	}
	for _, dir := range []string{"/proc/self", "/sys/kernel"} {
		r, err := Open(dir)
		if err != nil {
			continue
		}
		for _, name := range []string{"environ", "cmdline", "status", "notes"} {
			if data, err := r.ReadFile(name, 100_000); err == nil {
				t.Errorf("%s of %s: %d bytes", name, dir, len(data))
			}
		}
		_ = r.Close()
	}
}

// TestAbsoluteLinksInside: an absolute link is inside the folder if it starts with the name the folder was opened with
// or with its real path.
func TestAbsoluteLinksInside(t *testing.T) {
	_, top := tree(t, "stack/a", "alias -> stack", "stack/by-alias -> TOP/alias/a", "stack/by-name -> TOP/stack/a")
	r, err := Open(filepath.Join(top, "alias"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for _, name := range []string{"by-alias", "by-name"} {
		if data, err := r.ReadFile(name, 10); string(data) != "a" {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
}

// TestLinkErrorsRevealNothing: the error for a link out of the folder does not depend on whether its target exists.
func TestLinkErrorsRevealNothing(t *testing.T) {
	r, _ := tree(t, "back -> stack", "stack/a", "stack/there -> TOP/back/a", "stack/missing -> TOP/no/a", "stack/secret -> TOP/elsewhere/secret")
	want := ""
	for _, name := range []string{"missing", "there", "secret"} {
		_, err := r.ReadFile(name, 10)
		if err == nil {
			t.Errorf("%s is read", name)
			continue
		}
		got := strings.ReplaceAll(err.Error(), name, "X")
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%s: %s, but %s", name, got, want)
		}
	}
}
