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

// folder is the output folder. No path leads out of it, and nothing is written twice.
type folder struct {
	in      *os.Root
	created map[string]bool // its subfolders, with slashes
}

func newFolder(dir string) (*folder, error) {
	in, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{in: in, created: map[string]bool{".": true}}, nil
}

func (f *folder) close() { _ = f.in.Close() } // all files in it are closed already

// create creates a file that does not exist.
func (f *folder) create(name string) (*os.File, error) {
	dest, err := f.prepare(name)
	if err != nil {
		return nil, err
	}
	file, err := f.in.OpenFile(dest, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return file, asCollision(err)
}

// link creates a link that does not exist.
func (f *folder) link(name, target string) error {
	dest, err := f.prepare(name)
	if err != nil {
		return err
	}
	return asCollision(f.in.Symlink(target, dest))
}

// prepare checks a path and creates its parent folders.
func (f *folder) prepare(name string) (string, error) {
	if err := checkPath(name); err != nil {
		return "", err
	}
	if err := f.mkdirAll(path.Dir(name)); err != nil {
		return "", err
	}
	return filepath.FromSlash(name), nil
}

// mkdirAll creates a folder and its parents. A folder that exists but was not created here has another name that the
// file system does not distinguish.
func (f *folder) mkdirAll(name string) error {
	if f.created[name] {
		return nil
	}
	if err := f.mkdirAll(path.Dir(name)); err != nil {
		return err
	}
	if err := f.in.Mkdir(filepath.FromSlash(name), 0o700); err != nil {
		return asCollision(err)
	}
	f.created[name] = true
	return nil
}

// asCollision explains why a file exists in a folder that was empty.
func asCollision(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return errors.New("another file or folder has the same name, or one that this file system does not distinguish " +
			"(such as A and a): rename one of them")
	}
	return err
}

// checkPath accepts a path, with slashes, that stays in the folder and does not belong to version control.
func checkPath(name string) error {
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "" || part == "." || part == "..":
			return errors.New("the path leads out of the folder or is invalid")
		case strings.ContainsRune(part, 0):
			return errors.New("the path contains a NUL byte")
		case os.PathSeparator != '/' && strings.ContainsRune(part, os.PathSeparator):
			return errors.New("a name in the path contains a path separator")
		case root.IsGit(part):
			return errors.New("the path belongs to version control (.git)")
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return errors.New("the path leads out of the folder")
	}
	return nil
}
