package root

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LeavesError says that a name leads out of the folder. It does not say where to.
type LeavesError struct {
	// Name is what was asked for.
	Name string
	// Link is the part of Name that is the link; empty if the name itself is a path that leads out.
	Link string
}

func (e *LeavesError) Error() string {
	if e.Link == "" {
		return fmt.Sprintf("the path %s leads out of the folder: copy what it names into the folder", filepath.ToSlash(e.Name))
	}
	return fmt.Sprintf("the link %s leads out of the folder: copy its target into the folder in place of the link", filepath.ToSlash(e.Link))
}

// errGit refuses version control's own files, which hold other branches, remotes and sometimes passwords.
var errGit = errors.New("files of version control (.git) are not read")

// maxLinks bounds the links followed for one name, as systems do: links may form a circle.
const maxLinks = 40

// step is one element of a path that is being resolved.
type step struct {
	name string
	link string // the link of the original name that it comes from; empty for an element of that name itself
}

// Resolve returns the path at which a name is found once all links are followed. It holds no link, as far as nobody
// changes the folder meanwhile: whoever opens it goes through os.Root, which lets no path out in that case either.
func (r *Root) Resolve(name string) (string, error) {
	name = filepath.Clean(filepath.FromSlash(name))
	if !filepath.IsLocal(name) {
		return "", &LeavesError{Name: name}
	}
	var place, given []string // where we are, and the part of the name that led there
	links := 0
	for rest := steps(name, ""); len(rest) > 0; {
		next := rest[0]
		rest = rest[1:]
		if next.link == "" {
			given = append(given, next.name)
		}
		switch {
		case next.name == "..":
			if len(place) == 0 {
				return "", &LeavesError{name, next.link}
			}
			place = place[:len(place)-1]
			continue
		case IsGit(next.name):
			return "", &fs.PathError{Op: "open", Path: name, Err: errGit}
		}
		here := filepath.Join(append(place, next.name)...)
		info, err := r.in.Lstat(here)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			place = append(place, next.name)
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "open", Path: name, Err: errors.New("its links form a circle, or too long a chain")}
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
			place, target = nil, inside
		}
		rest = append(steps(target, next.link), rest...)
	}
	if len(place) == 0 {
		return ".", nil
	}
	return filepath.Join(place...), nil
}

// steps takes a path apart. It is not cleaned: after a link, ".." is not the folder that the link is in.
func steps(path, link string) []step {
	var out []step
	for _, name := range strings.FieldsFunc(path, func(c rune) bool { return c < 0x80 && os.IsPathSeparator(uint8(c)) }) {
		if name != "." {
			out = append(out, step{name, link})
		}
	}
	return out
}

// inside returns an absolute path relative to the folder, or false if it is not written as one in the folder, by the name
// with which the folder was opened or by its real one. Whether a path outside is a link to the folder is not looked up:
// the answer would say which paths exist there.
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

// IsGit reports whether a file system could take a name for .git: some ignore case, trailing dots and blanks, or
// characters without width, and Windows has a short name for it.
func IsGit(name string) bool {
	name, _, _ = strings.Cut(name, ":") // a stream of a file of Windows
	name = strings.TrimRight(strings.Map(visible, name), ". ")
	return strings.EqualFold(name, ".git") || strings.EqualFold(name, "git~1")
}

// visible drops the characters that HFS+ ignores in names.
func visible(c rune) rune {
	if c >= 0x200c && c <= 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x206a && c <= 0x206f || c == 0xfeff {
		return -1
	}
	return c
}
