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

// Root is a folder out of which no path and no link leads. Its methods take paths relative to the folder, with the
// system's separator or slashes.
type Root struct {
	dir string // as a person wrote it
	in  *os.Root
}

// Open opens a folder, which the caller chose: it may itself be a link. What is not a folder is not opened: the system
// waits for the other end of a pipe before it says so.
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

// Close releases the folder.
func (r *Root) Close() error { return r.in.Close() }

// Shown is how messages name a file of the folder.
func (r *Root) Shown(name string) string { return filepath.Join(r.dir, filepath.FromSlash(name)) }

// Rel returns the path relative to the folder of a path relative to the working directory, or false if that is not
// written as a path inside the folder.
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
// what the system says.
func (r *Root) ReadFile(name string, limit int64) ([]byte, error) {
	f, err := r.open(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return readAll(f, name, limit)
}

// Rewrite replaces the content of a file that still has the content old. It writes to the file itself, not through a
// link that was put in its place meanwhile.
func (r *Root) Rewrite(name string, old, content []byte) error {
	f, err := r.open(name, os.O_RDWR)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // closing reports nothing that Sync did not
	now, err := readAll(f, name, int64(len(old)))
	if tooLarge := (*SizeError)(nil); errors.As(err, &tooLarge) || err == nil && string(now) != string(old) {
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("it changed while it was read")}
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

// ReadDir lists a folder, sorted by name. The folder's link may stay inside; entries are listed as they are.
func (r *Root) ReadDir(name string) ([]fs.DirEntry, error) {
	place, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := r.in.Lstat(place)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, notDirectory(name)
	}
	f, err := r.in.OpenFile(place, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe may have replaced it since
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	entries, err := f.ReadDir(-1)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return IsGit(e.Name()) })
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// Stat describes what a name leads to.
func (r *Root) Stat(name string) (fs.FileInfo, error) {
	place, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	return r.in.Lstat(place)
}

// open opens a regular file. What is not one is not opened, because opening a device or a pipe can block or do something.
// It is looked at again once it is open, as something else may have been put in its place in between.
func (r *Root) open(name string, flag int) (*os.File, error) {
	place, err := r.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := r.in.Lstat(place)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, notRegular(name, info)
	}
	f, err := r.in.OpenFile(place, flag|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return checked(f, name)
}

// checked returns an open file, or closes it if it is not a regular one.
func checked(f *os.File, name string) (*os.File, error) {
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || isKernel(f)) {
		err = notRegular(name, info)
	}
	if err != nil {
		_ = f.Close() // the first error tells more
		return nil, err
	}
	return f, nil
}

func notDirectory(name string) error {
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a directory")}
}

func notRegular(name string, info fs.FileInfo) error {
	if info.IsDir() {
		return &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a directory")}
	}
	return &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a regular file")}
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

// ReadRegular reads a file that the caller named, wherever it is. A pipe, a socket or a device would be waited for,
// perhaps forever, and files of the kernel (/proc, /sys) are no one's input: they are refused without being opened.
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
	if f, err = checked(f, path); err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return readAll(f, path, limit)
}

// SizeError says that a file is larger than what is read.
type SizeError struct {
	Name  string
	Limit int64
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("%s is larger than %d MiB", e.Name, e.Limit>>20)
}

// Reason is what is wrong with a file, without the path that the message around it names already.
func Reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
