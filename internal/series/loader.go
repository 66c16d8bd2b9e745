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

// fileName is the main file in a recording's folder.
const fileName = "recording.hcl"

// loader loads one recording.
type loader struct {
	// content reads a file of the recording.
	content func(file string) ([]byte, error)
	// folder is the recording's folder as diagnostics show it.
	folder string
	// file and source are the name and content of the main file.
	file   string
	source []byte

	clock clock
	// defaultInterval applies to series without an interval; 0 if not set.
	defaultInterval time.Duration
	recording       *Recording
	diags           hcl.Diagnostics
	// meter limits the evaluation of expressions, which can be for expressions.
	meter *limit.Meter
	// elements counts the values in the lines of logs and events.
	elements int
	// points counts samples, including missing ones.
	points int
	// bytes counts the bytes of all files.
	bytes int
	// sharedStrings and sharedTags store strings and tags of several lines once.
	sharedStrings map[string]string
	sharedTags    map[string][]string
	// bySource finds a series by metric and tags.
	bySource map[string]*Series
}

// displayPath returns the path of a file as diagnostics show it.
func (l *loader) displayPath(file string) string {
	return filepath.Join(l.folder, filepath.FromSlash(file))
}

// read returns a file of the recording. The error text is the detail of a diagnostic.
func (l *loader) read(file string) ([]byte, error) {
	data, err := l.content(file)
	if err != nil {
		return nil, readError(l.displayPath(file), err)
	}
	if l.bytes += len(data); l.bytes > MaxBytes {
		return nil, fmt.Errorf("with %s the files of the recording are larger than %d MiB (limit MaxBytes): shorten the recording", l.displayPath(file), MaxBytes>>20)
	}
	return data, nil
}

func readError(file string, err error) error {
	var at *fs.PathError
	var large *root.SizeError
	var leaves *root.LeavesError
	switch {
	case errors.As(err, &leaves) && leaves.Link != "":
		return errors.New(root.LinkOutside(leaves.Link))
	case errors.As(err, &leaves):
		return fmt.Errorf("%s is outside the stack's folder, which ddmon does not read: copy the recording into the stack's folder", file)
	case errors.As(err, &large):
		return fmt.Errorf("%s is larger than %d MiB (limit MaxFileBytes): shorten the recording", file, MaxFileBytes>>20)
	case errors.As(err, &at):
		err = at.Err
	}
	return fmt.Errorf("%s: %w", file, err)
}

// readFile reads a file that the recording names, or reports why it cannot be read.
func (l *loader) readFile(file string, at hcl.Range) ([]byte, bool) {
	if !fs.ValidPath(file) || file == "." || strings.Contains(file, `\`) {
		l.fail("Invalid file name", fmt.Sprintf("%q must be a relative path with / inside the recording's folder, such as logs/orders.jsonl. Move the file there.", file), at)
		return nil, false
	}
	data, err := l.read(path.Clean(file))
	if err != nil {
		l.fail("Cannot read file", err.Error()+". Check the name, which is relative to "+l.displayPath(l.file)+".", at)
		return nil, false
	}
	return data, true
}

// addPoints adds n points to the recording. It reports an error and returns false if there are too many.
func (l *loader) addPoints(n int, at hcl.Range) bool {
	if l.points += n; l.points <= MaxPoints {
		return true
	}
	l.fail("Too many points", fmt.Sprintf("With this series the recording has more than %d points (limit MaxPoints). Use a longer interval, or a shorter recording.", MaxPoints), at)
	return false
}

func (l *loader) fail(summary, detail string, at hcl.Range) {
	// Error strings start in lower case. Other first words are not capitalized because they can be the name of a key.
	if strings.HasPrefix(detail, "the ") {
		detail = "T" + detail[1:]
	}
	if !strings.HasSuffix(detail, ".") {
		detail += "."
	}
	l.diags = append(l.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at})
}

// limitExceeded reports an exceeded limit.
func (l *loader) limitExceeded(f *limit.Error) {
	at := l.lineRange(l.file, 1, 1)
	if f.Range != nil {
		at = *f.Range
	}
	l.fail(f.Summary, f.Detail, at)
}

// lineRange returns the range of a position in a CSV or JSON Lines file.
func (l *loader) lineRange(file string, line, column int) hcl.Range {
	at := hcl.Pos{Line: line, Column: column}
	return hcl.Range{Filename: l.displayPath(file), Start: at, End: at}
}
