package config

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/root"
)

// TestSuffix is the suffix of test file names.
const TestSuffix = ".test.hcl"

const (
	configSuffix = ".hcl"

	variablesSuffix = ".auto.vars.hcl"
)

// HoldsVariables reports whether a file's name is that of a file of variables, whose values can be sensitive.
func HoldsVariables(name string) bool {
	return strings.HasSuffix(name, ".vars.hcl") || strings.HasSuffix(name, ".tfvars")
}

// FileError is a file or folder of the stack that cannot be read.
type FileError struct {
	Name   string // relative to the stack's folder
	Folder bool
	Err    error
}

func (e *FileError) Error() string { return e.Name + ": " + root.Reason(e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// Files lists the files of a stack relative to its folder: its own *.hcl files and those in the folders of kinds, such
// as monitors/, at any depth. It leaves out what cannot be listed and returns it as an error.
func Files(r *root.Root) ([]string, []*FileError) {
	l := &listing{root: r}
	l.folder(".", false)
	for _, folder := range kind.Folders() {
		l.folder(folder, true)
	}
	return l.names, l.problems
}

// listing gathers the files of a stack.
type listing struct {
	root     *root.Root
	links    []string // in the stack's own folder
	names    []string
	problems []*FileError
}

// folder lists one folder. Hidden files and folders are not configuration: editors and version control keep their own
// files there.
func (l *listing) folder(folder string, recursive bool) {
	entries, err := l.root.ReadDir(folder)
	if err != nil {
		if folder == "." || !errors.Is(err, fs.ErrNotExist) || slices.Contains(l.links, folder) {
			l.fail(folder, true, err)
		}
		return
	}
	var names []string
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			if recursive {
				l.folder(name, true)
			}
		case strings.HasSuffix(name, configSuffix):
			names = append(names, name)
		case recursive && e.Type()&fs.ModeSymlink != 0:
			l.link(name)
		case e.Type()&fs.ModeSymlink != 0:
			l.links = append(l.links, name)
		}
	}
	slices.Sort(names)
	l.names = append(l.names, names...)
}

// errLinkedFolder reports a link to a folder whose files are not read elsewhere.
var errLinkedFolder = errors.New("it is a link to a folder, and linked folders are not entered")

// link reports a link that leads out of the stack, or whose target does not exist: the target could have been a folder.
// A linked folder inside the stack is not entered, because its files belong to the stack only at their own location. If
// they are not read there either, their objects would be missing silently and be destroyed, so that is an error.
func (l *listing) link(name string) {
	info, err := l.root.Stat(name)
	var leaves *root.LeavesError
	switch {
	case errors.As(err, &leaves), errors.Is(err, fs.ErrNotExist):
		l.fail(name, true, err)
	case err == nil && info.IsDir():
		if target, err := l.root.Resolve(name); err == nil && !l.isRead(target) && l.holdsConfig(target) {
			l.fail(name, true, errLinkedFolder)
		}
	}
}

// isRead reports whether the files of a folder are read at its own location.
func (l *listing) isRead(folder string) bool {
	if folder == "." {
		return true
	}
	for _, kindFolder := range kind.Folders() {
		top, err := l.root.Resolve(kindFolder) // it can be a link itself
		if err != nil {
			continue
		}
		below, err := filepath.Rel(top, folder)
		isHidden := below != "." && strings.Contains("/"+filepath.ToSlash(below), "/.")
		if err == nil && filepath.IsLocal(below) && !isHidden {
			return true
		}
	}
	return false
}

// holdsConfig reports whether a folder contains configuration, at any depth.
func (l *listing) holdsConfig(folder string) bool {
	entries, err := l.root.ReadDir(folder)
	return err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), ".") &&
			(strings.HasSuffix(e.Name(), configSuffix) || e.IsDir() && l.holdsConfig(filepath.Join(folder, e.Name())))
	})
}

func (l *listing) fail(name string, folder bool, err error) {
	l.problems = append(l.problems, &FileError{name, folder, err})
}
