package root

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Root is a folder that no path or link can leave. Its methods accept paths relative to the folder, with the system's
// separator or slashes.
type Root struct {
	dir string // as the user wrote it
	in  *os.Root
}

// Open opens a folder. The caller chose the folder, so it can itself be a link. Other files are not opened, because
// opening a pipe blocks until its other end is opened.
func Open(dir string) (*Root, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, notDirectory(dir)
	}
	in, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Root{dir: dir, in: in}, nil
}

// Close closes the folder.
func (r *Root) Close() error { return r.in.Close() }

// DisplayPath returns the path of a file in the folder as messages show it.
func (r *Root) DisplayPath(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

// Rel converts a path relative to the working directory to a path relative to the folder. It returns false if the path
// is not inside the folder.
func (r *Root) Rel(path string) (string, bool) {
	folder, err := filepath.Abs(r.dir)
	if err != nil {
		return "", false
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	name, err := filepath.Rel(folder, file)
	return name, err == nil && filepath.IsLocal(name)
}

// ReadFile returns the content of a regular file of at most limit bytes. The error is a *LeavesError, a *SizeError or
// an error of the operating system.
func (r *Root) ReadFile(name string, limit int64) ([]byte, error) {
	f, err := r.open(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // opened read-only
	return readAll(f, name, limit)
}

// Rewrite replaces the content of a file if the content is still old. It writes to the opened file, even if a link has
// replaced it in the meantime.
func (r *Root) Rewrite(name string, old, content []byte) error {
	f, err := r.open(name, os.O_RDWR)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // Sync has reported any error
	now, err := readAll(f, name, int64(len(old)))
	if tooLarge := (*SizeError)(nil); errors.As(err, &tooLarge) || err == nil && string(now) != string(old) {
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("file changed after it was read")}
	}
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	if _, err := f.WriteAt(content, 0); err != nil {
		return err
	}
	return f.Sync()
}

// ReadDir lists a folder, sorted by name. The folder can be a link inside the root. Entries that are links are listed
// as links.
func (r *Root) ReadDir(name string) ([]fs.DirEntry, error) {
	resolved, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := r.in.Lstat(resolved)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, notDirectory(name)
	}
	f, err := r.in.OpenFile(resolved, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe can have replaced it
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // opened read-only
	entries, err := f.ReadDir(-1)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return IsGit(e.Name()) })
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat describes the file that a path resolves to.
func (r *Root) Stat(name string) (fs.FileInfo, error) {
	resolved, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	return r.in.Lstat(resolved)
}

// open opens a regular file. Other files are not opened, because opening a device or a pipe can block or have side
// effects. The opened file is checked again, because another file can have replaced it in between.
func (r *Root) open(name string, flag int) (*os.File, error) {
	resolved, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := r.in.Lstat(resolved)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular(name, info)
	}
	f, err := r.in.OpenFile(resolved, flag|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return requireRegular(f, name)
}

// requireRegular returns an open file. If it is not a regular file, it is closed.
func requireRegular(f *os.File, name string) (*os.File, error) {
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || isKernel(f)) {
		err = notRegular(name, info)
	}
	if err != nil {
		_ = f.Close() // the first error is more useful
		return nil, err
	}
	return f, nil
}

func notDirectory(name string) error {
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("not a directory")}
}

func notRegular(name string, info fs.FileInfo) error {
	if info.IsDir() {
		return &fs.PathError{Op: "open", Path: name, Err: errors.New("is a directory")}
	}
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
}

// readAll reads an open file of at most limit bytes.
func readAll(f io.Reader, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &SizeError{Name: name, Limit: limit}
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// ReadRegular reads a regular file at any path. Pipes, sockets and devices are refused without being opened, because
// reading them can block forever. Kernel files (/proc, /sys) are refused without being read.
func ReadRegular(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular(path, info)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if f, err = requireRegular(f, path); err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // opened read-only
	return readAll(f, path, limit)
}

// SizeError reports a file that is larger than the limit.
type SizeError struct {
	Name  string
	Limit int64
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("%s is larger than %d MiB", e.Name, e.Limit>>20)
}

// Reason returns the text of a file error without the path, for messages that already name it.
func Reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
