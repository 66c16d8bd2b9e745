package git

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ddmon/internal/root"
)

// folder is where files are written. No path leads out of it, and nothing is written twice.
type folder struct {
	in   *os.Root
	made map[string]bool // the folders in it, with slashes
}

func newFolder(dir string) (*folder, error) {
	in, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{in: in, made: map[string]bool{".": true}}, nil
}

func (f *folder) close() { _ = f.in.Close() } // every file was closed by itself

// create makes a file that is not there yet.
func (f *folder) create(name string) (*os.File, error) {
	place, err := f.place(name)
	if err != nil {
		return nil, err
	}
	file, err := f.in.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return file, asCollision(err)
}

// link makes a link that is not there yet.
func (f *folder) link(name, target string) error {
	place, err := f.place(name)
	if err != nil {
		return err
	}
	return asCollision(f.in.Symlink(target, place))
}

// place checks a path and makes the folders that it is in.
func (f *folder) place(name string) (string, error) {
	if err := checkPath(name); err != nil {
		return "", err
	}
	if err := f.make(path.Dir(name)); err != nil {
		return "", err
	}
	return filepath.FromSlash(name), nil
}

// make makes a folder and those that it is in. One that exists although it was not made here is another whose name the
// file system does not distinguish.
func (f *folder) make(name string) error {
	if f.made[name] {
		return nil
	}
	if err := f.make(path.Dir(name)); err != nil {
		return err
	}
	if err := f.in.Mkdir(filepath.FromSlash(name), 0o700); err != nil {
		return asCollision(err)
	}
	f.made[name] = true
	return nil
}

// asCollision explains why something exists in a folder that was empty.
func asCollision(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return errors.New("another file or folder has the same name, or one that this file system does not distinguish " +
			"(as A and a): rename one of them")
	}
	return err
}

// checkPath accepts a path, with slashes, that stays in the folder and has no part that is version control's own.
func checkPath(name string) error {
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "" || part == "." || part == "..":
			return errors.New("the path leads out of the folder, or is not written as a path")
		case strings.ContainsRune(part, 0):
			return errors.New("the path holds a NUL")
		case os.PathSeparator != '/' && strings.ContainsRune(part, os.PathSeparator):
			return errors.New("the path holds a separator in one of its names")
		case root.IsGit(part):
			return errors.New("the path is of version control's own files (.git)")
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return errors.New("the path leads out of the folder")
	}
	return nil
}
