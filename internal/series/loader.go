package series

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// fileName is the recording's own file in its folder.
const fileName = "recording.hcl"

// loader gathers one recording.
type loader struct {
	// content reads a file of the recording.
	content func(file string) ([]byte, error)
	// folder is how diagnostics name the recording's folder.
	folder string
	// file and source are the recording's own.
	file   string
	source []byte

	clock clock
	// defaultInterval is of the series that name none; 0 if the file gives none.
	defaultInterval time.Duration
	recording       *Recording
	diags           hcl.Diagnostics
	// meter bounds the evaluation of what is written, which is data but may be a for expression.
	meter *limit.Meter
	// elements counts what the lines of data hold.
	elements int
	// points counts places, including the missing ones.
	points int
	// bytes counts those of all files.
	bytes int
	// texts and tagSets are what lines of data have in common, each kept once.
	texts   map[string]string
	tagSets map[string][]string
	// bySource finds a series by metric and tags.
	bySource map[string]*Series
}

// shown is the name of a file in diagnostics.
func (l *loader) shown(file string) string { return filepath.Join(l.folder, filepath.FromSlash(file)) }

// read returns a file of the recording. The error is text for a diagnostic's detail.
func (l *loader) read(file string) ([]byte, error) {
	data, err := l.content(file)
	if err != nil {
		return nil, unreadable(l.shown(file), err)
	}
	if l.bytes += len(data); l.bytes > MaxBytes {
		return nil, fmt.Errorf("with %s the files of the recording are larger than %d MiB (limit MaxBytes): cut them to the time that matters", l.shown(file), MaxBytes>>20)
	}
	return data, nil
}

func unreadable(file string, err error) error {
	var at *fs.PathError
	var large *root.SizeError
	var leaves *root.LeavesError
	switch {
	case errors.As(err, &leaves) && leaves.Link != "":
		return fmt.Errorf("%s is a link that leads out of its folder, and nothing outside of that is read: copy what it leads to "+
			"there, in place of the link", leaves.Link)
	case errors.As(err, &leaves):
		return fmt.Errorf("%s is outside of the stack's folder, and nothing outside of it is read: copy the recording into the stack", file)
	case errors.As(err, &large):
		return fmt.Errorf("%s is larger than %d MiB (limit MaxFileBytes): cut it to the time that matters", file, MaxFileBytes>>20)
	case errors.As(err, &at):
		err = at.Err
	}
	return fmt.Errorf("%s: %w", file, err)
}

// data reads a file that the recording names, or reports why it may not or cannot.
func (l *loader) data(file string, at hcl.Range) ([]byte, bool) {
	if !fs.ValidPath(file) || file == "." || strings.Contains(file, `\`) {
		l.fail("Invalid file name", fmt.Sprintf("%q must be a path with / that stays in the recording's folder, such as logs/orders.jsonl. Move the file there.", file), at)
		return nil, false
	}
	data, err := l.read(path.Clean(file))
	if err != nil {
		l.fail("File cannot be read", err.Error()+". Check the name; it is relative to "+l.shown(l.file)+".", at)
		return nil, false
	}
	return data, true
}

// count adds to the places of the recording. It is false, and reported, if there are too many.
func (l *loader) count(places int, at hcl.Range) bool {
	if l.points += places; l.points <= MaxPoints {
		return true
	}
	l.fail("Too many points", fmt.Sprintf("With this series the recording has more than %d points (limit MaxPoints). Use a longer interval, or a shorter recording.", MaxPoints), at)
	return false
}

func (l *loader) fail(summary, detail string, at hcl.Range) {
	// An error's text is no sentence of its own. Its first word may be a key's name, which keeps its case.
	if strings.HasPrefix(detail, "the ") {
		detail = "T" + detail[1:]
	}
	if !strings.HasSuffix(detail, ".") {
		detail += "."
	}
	l.diags = append(l.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at})
}

// limit reports a limit that was passed.
func (l *loader) limit(f *limit.Fault) {
	at := l.lineRange(l.file, 1, 1)
	if f.Range != nil {
		at = *f.Range
	}
	l.fail(f.Summary, f.Detail, at)
}

// lineRange is a place in a file of lines.
func (l *loader) lineRange(file string, line, column int) hcl.Range {
	at := hcl.Pos{Line: line, Column: column}
	return hcl.Range{Filename: l.shown(file), Start: at, End: at}
}
