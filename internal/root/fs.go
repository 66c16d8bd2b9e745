package root

import (
	"io/fs"
	"path"
)

// FS returns a folder below the root as an fs.FS for glob patterns. It supports listing folders and Stat, but not
// opening files.
func (r *Root) FS(folder string) fs.FS { return globFS{r, folder} }

type globFS struct {
	r     *Root
	below string
}

func (n globFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

func (n globFS) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return n.r.Stat(path.Join(n.below, name))
}

func (n globFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return n.r.ReadDir(path.Join(n.below, name))
}
