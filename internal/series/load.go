package series

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// Load reads the recording at path: a folder, or a single file and the files it names. The caller chose path, so it can
// be anywhere, but no file outside the recording's folder is read. Errors are diagnostics, whose file names start with
// path. If there are errors, the recording is nil.
func Load(path string) (*Recording, hcl.Diagnostics) {
	folder, file := path, fileName
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		folder, file = filepath.Dir(path), filepath.Base(path)
	}
	in, err := root.Open(folder)
	if err != nil {
		return loadFrom(func(string) ([]byte, error) { return nil, err }, folder, file)
	}
	defer func() { _ = in.Close() }() // it was only read
	return loadFrom(contentIn(in, "."), folder, file)
}

// LoadIn is Load for a path relative to a root. Nothing outside the root is read.
func LoadIn(in *root.Root, path string) (*Recording, hcl.Diagnostics) {
	folder, file := path, fileName
	if info, err := in.Stat(path); err == nil && !info.IsDir() {
		folder, file = filepath.Dir(path), filepath.Base(path)
	}
	return loadFrom(contentIn(in, folder), in.DisplayPath(folder), file)
}

// contentIn reads files of a folder below the root.
func contentIn(in *root.Root, folder string) func(string) ([]byte, error) {
	return func(file string) ([]byte, error) {
		data, err := in.ReadFile(filepath.Join(folder, file), MaxFileBytes)
		if leaves := (*root.LeavesError)(nil); errors.As(err, &leaves) && leaves.Link != "" {
			err = &root.LeavesError{Name: leaves.Name, Link: in.DisplayPath(leaves.Link)}
		}
		return data, err
	}
}

func loadFrom(content func(string) ([]byte, error), folder, file string) (*Recording, hcl.Diagnostics) {
	l := &loader{content: content, folder: folder, file: file, bySource: map[string]*Series{}, sharedStrings: map[string]string{}, sharedTags: map[string][]string{}, meter: limit.NewMeter(context.Background())}
	l.recording = &Recording{byMetric: map[string][]*Series{}, Range: l.lineRange(file, 1, 1)}
	l.load()
	for _, d := range l.diags {
		if len(d.Detail) > maxDetail {
			d.Detail = strings.ToValidUTF8(d.Detail[:maxDetail], "") + "..."
		}
	}
	if l.diags.HasErrors() {
		return nil, l.diags
	}
	return l.recording, l.diags
}

func (l *loader) load() {
	var err error
	if l.source, err = l.read(l.file); err != nil {
		l.fail("Cannot read recording", err.Error()+". A recording is a folder with a file "+fileName+", or a file in that format.", hcl.Range{Filename: l.displayPath(l.file)})
		return
	}
	if !l.checkSource() {
		return
	}
	parsed, diags := hclsyntax.ParseConfig(l.source, l.displayPath(l.file), hcl.InitialPos)
	if l.diags = append(l.diags, diags...); diags.HasErrors() {
		return
	}
	if limitErr := l.meter.Wrap(parsed.Body.(*hclsyntax.Body)); limitErr != nil {
		l.limitExceeded(limitErr)
		return
	}
	content, diags := parsed.Body.Content(recordingType.Schema())
	l.diags = append(l.diags, diags...)
	if !l.header(content) {
		return // nothing else can be checked without start and end
	}
	for _, block := range content.Blocks {
		switch block.Type {
		case "phases":
			l.phases(block)
		case "series":
			l.series(block)
		case "absent":
			l.absent(block)
		case "logs":
			l.logs(block)
		case "events":
			l.events(block)
		}
	}
	l.checkAbsent()
	l.sortByTime()
}
