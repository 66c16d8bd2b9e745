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

// TestSuffix ends the names of the files of tests.
const TestSuffix = ".test.hcl"

const (
	configSuffix = ".hcl"

	variablesSuffix = ".auto.vars.hcl"
)

// FileError is a file or folder of the stack that cannot be read.
type FileError struct {
	Name   string // relative to the stack's folder
	Folder bool
	Err    error
}

func (e *FileError) Error() string { return e.Name + ": " + root.Reason(e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// Files lists the files that make up a stack, relative to its folder: its own *.hcl and, with everything below them,
// those of monitors/ and dashboards/. What cannot be listed is left out and returned as an error.
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

// errLinkedFolder is a link to a folder whose files are read nowhere.
var errLinkedFolder = errors.New("it is a link to a folder, and linked folders are not entered")

// link reports a link that leads out of the stack, or to nothing: what it was to lead to could be a folder. A linked
// folder that stays inside is not entered, as its files belong to the stack only where they are. If they are not read
// there, what they hold would be missing without a word, and its objects be destroyed.
func (l *listing) link(name string) {
	info, err := l.root.Stat(name)
	var leaves *root.LeavesError
	switch {
	case errors.As(err, &leaves), errors.Is(err, fs.ErrNotExist):
		l.fail(name, true, err)
	case err == nil && info.IsDir():
		if place, err := l.root.Resolve(name); err == nil && !l.isRead(place) && l.holdsConfig(place) {
			l.fail(name, true, errLinkedFolder)
		}
	}
}

// isRead reports whether the files of a folder are read where it is.
func (l *listing) isRead(place string) bool {
	if place == "." {
		return true
	}
	for _, folder := range kind.Folders() {
		top, err := l.root.Resolve(folder) // it may be a link itself
		if err != nil {
			continue
		}
		below, err := filepath.Rel(top, place)
		isHidden := below != "." && strings.Contains("/"+filepath.ToSlash(below), "/.")
		if err == nil && filepath.IsLocal(below) && !isHidden {
			return true
		}
	}
	return false
}

// holdsConfig reports whether there is configuration in a folder or below it.
func (l *listing) holdsConfig(place string) bool {
	entries, err := l.root.ReadDir(place)
	return err != nil || slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), ".") &&
			(strings.HasSuffix(e.Name(), configSuffix) || e.IsDir() && l.holdsConfig(filepath.Join(place, e.Name())))
	})
}

func (l *listing) fail(name string, folder bool, err error) {
	l.problems = append(l.problems, &FileError{name, folder, err})
}
