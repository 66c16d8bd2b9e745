package root

import (
	"io/fs"
	"path"
)

// FS is a folder below the root as an fs.FS, for patterns of names: it lists folders and describes files, but opens
// none.
func (r *Root) FS(folder string) fs.FS { return names{r, folder} }

type names struct {
	r     *Root
	below string
}

func (n names) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

func (n names) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	return n.r.Stat(path.Join(n.below, name))
}

func (n names) ReadDir(name string) ([]fs.DirEntry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return n.r.ReadDir(path.Join(n.below, name))
}
