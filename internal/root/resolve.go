package root

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LeavesError reports a path that leaves the folder. It does not reveal the target.
type LeavesError struct {
	// Name is the requested path.
	Name string
	// Link is the part of Name that is a link out of the folder. It is empty if the path itself leaves the folder.
	Link string
}

func (e *LeavesError) Error() string {
	if e.Link == "" {
		return fmt.Sprintf("the path %s leaves the folder: copy the file into the folder", filepath.ToSlash(e.Name))
	}
	return LinkOutside(filepath.ToSlash(e.Link))
}

// LinkOutside is the message for a link out of the folder, given its path as users know it. It has no full stop.
func LinkOutside(link string) string {
	return link + " links to a file or folder outside the stack's folder, which ddmon does not read: replace the link with a copy of its target"
}

// errGit is the error for the files of version control, which contain other branches, remotes and sometimes passwords.
var errGit = errors.New("ddmon does not read files of version control (.git)")

// maxLinks limits the links followed for one path, as operating systems do, because links can form a loop.
const maxLinks = 40

// step is one element of a path that is being resolved.
type step struct {
	name string
	link string // the link in the original path that this element comes from; empty for elements of the path itself
}

// Resolve returns the path of a file after following all links. The result contains no links unless the folder changes
// in the meantime. Even then, os.Root keeps anything from being opened outside the folder.
func (r *Root) Resolve(name string) (string, error) {
	name = filepath.Clean(filepath.FromSlash(name))
	if !filepath.IsLocal(name) {
		return "", &LeavesError{Name: name}
	}
	var current, given []string // the resolved path, and the part of the name that was resolved
	links := 0
	for rest := steps(name, ""); len(rest) > 0; {
		next := rest[0]
		rest = rest[1:]
		if next.link == "" {
			given = append(given, next.name)
		}
		switch {
		case next.name == "..":
			if len(current) == 0 {
				return "", &LeavesError{name, next.link}
			}
			current = current[:len(current)-1]
			continue
		case IsGit(next.name):
			return "", &fs.PathError{Op: "open", Path: name, Err: errGit}
		}
		here := filepath.Join(append(current, next.name)...)
		info, err := r.in.Lstat(here)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			current = append(current, next.name)
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "open", Path: name, Err: errors.New("too many levels of links")}
		}
		if next.link == "" {
			next.link = filepath.Join(given...)
		}
		target, err := r.in.Readlink(here)
		if err != nil {
			return "", err
		}
		if filepath.IsAbs(target) {
			inside, ok := r.inside(target)
			if !ok {
				return "", &LeavesError{name, next.link}
			}
			current, target = nil, inside
		}
		rest = append(steps(target, next.link), rest...)
	}
	if len(current) == 0 {
		return ".", nil
	}
	return filepath.Join(current...), nil
}

// steps splits a path into its elements. It does not clean the path, because ".." after a link is not the folder of the
// link.
func steps(path, link string) []step {
	var out []step
	for _, name := range strings.FieldsFunc(path, func(c rune) bool { return c < 0x80 && os.IsPathSeparator(uint8(c)) }) {
		if name != "." {
			out = append(out, step{name, link})
		}
	}
	return out
}

// inside makes an absolute path relative to the folder. It returns false if the path does not start with the folder,
// either by the name the folder was opened with or by its real path. It does not check whether a path outside is a link
// to the folder, because the result would reveal which paths exist.
func (r *Root) inside(target string) (string, bool) {
	if name, ok := r.Rel(target); ok {
		return name, true
	}
	folder, err := filepath.Abs(r.dir)
	if err != nil {
		return "", false
	}
	if folder, err = filepath.EvalSymlinks(folder); err != nil {
		return "", false
	}
	name, err := filepath.Rel(folder, target)
	return name, err == nil && filepath.IsLocal(name)
}

// IsGit reports whether any file system treats a name as .git: some ignore case, trailing dots and spaces, or
// zero-width characters, and Windows has a short name for it.
func IsGit(name string) bool {
	name, _, _ = strings.Cut(name, ":") // an alternate data stream on Windows
	name = strings.TrimRight(strings.Map(visible, name), ". ")
	return strings.EqualFold(name, ".git") || strings.EqualFold(name, "git~1")
}

// visible removes the characters that HFS+ ignores in names.
func visible(c rune) rune {
	if c >= 0x200c && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x206a && c <= 0x206f || c == 0xfeff {
		return -1
	}
	return c
}
