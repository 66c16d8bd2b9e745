package config

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// sources are the parsed files of a stack, in the order of their names.
type sources struct {
	config    []*hclsyntax.Body
	variables []*hclsyntax.Body
	tests     []*hclsyntax.Body
}

// readSources reads the stack's files.
func (l *loader) readSources() sources {
	names, problems := Files(l.root)
	for _, p := range problems {
		l.unreadable(p)
	}
	var s sources
	found := false
	for _, name := range names {
		if strings.HasSuffix(name, testSuffix) {
			if l.options.Tests {
				s.tests = l.appendTestFile(s.tests, name)
			}
			continue
		}
		found = true
		body := l.parseFile(name)
		switch {
		case body == nil:
		case strings.HasSuffix(name, variablesSuffix):
			s.variables = append(s.variables, body)
		default:
			s.config = append(s.config, body)
		}
	}
	if !found && !l.diags.HasErrors() {
		dir := filepath.Clean(l.options.Dir)
		l.error("no_configuration", "No configuration files", "There is no *.hcl file in "+dir+" nor in its monitors/ and "+
			"dashboards/. Run ddmon in your stack's folder, name it with -C DIR, or begin with a file stack.hcl that holds: "+
			"stack \"my-service\" {}", hcl.Range{})
	}
	return s
}

// appendTestFile adds a file of tests. One with syntax errors is left out: it does not excuse what is wrong in the
// configuration, and what it lacks may only follow.
func (l *loader) appendTestFile(tests []*hclsyntax.Body, name string) []*hclsyntax.Body {
	broken := l.broken
	l.broken = false
	if body := l.parseFile(name); body != nil && !l.broken {
		tests = append(tests, body)
	}
	l.broken = broken
	return tests
}

// unreadable reports a file or folder that cannot be read.
func (l *loader) unreadable(e *FileError) {
	shown := l.root.Shown(e.Name)
	at := hcl.Range{Filename: shown, Start: hcl.InitialPos, End: hcl.InitialPos}
	var leaves *root.LeavesError
	switch {
	case errors.As(e.Err, &leaves):
		if leaves.Link != "" {
			shown = l.root.Shown(leaves.Link)
			at.Filename = shown
		}
		l.error("outside_stack", "Link leads out of the stack", shown+" is a link that leads out of the stack's folder, and nothing outside of it is "+
			"read. Copy what it leads to into the stack, in place of the link.", at)
	case errors.Is(e.Err, errLinkedFolder):
		l.error("unreadable_directory", "Linked folder is not read", shown+" is a link to a folder, and the files of linked folders are not "+
			"read. Move the folder there in place of the link.", at)
	case e.Folder:
		l.error("unreadable_directory", "Directory cannot be read", "The files of "+shown+" cannot be listed: "+reason(e.Err)+
			". Check its permissions, or move it out of the stack.", hcl.Range{})
	default:
		l.error("unreadable_file", "File cannot be read", "The file "+shown+" cannot be read: "+reason(e.Err)+
			". Check its permissions, or move it out of the stack.", at)
	}
}

// parseFile reads one file of the stack; nil if it cannot be read.
func (l *loader) parseFile(name string) *hclsyntax.Body {
	source, err := l.root.ReadFile(name, limit.MaxFileBytes)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		l.passed(limit.TooLargeFile(l.root.Shown(name)))
		return nil
	}
	if err != nil {
		l.unreadable(&FileError{Name: name, Err: err})
		return nil
	}
	shown := l.root.Shown(name)
	file, diags := l.parse(source, shown)
	if file != nil {
		l.stack.Files[shown] = file
	}
	l.broken = l.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	l.report(diags)
	return bodyOf(file)
}

// parse parses a file; it is nil if it cannot be.
func (l *loader) parse(source []byte, name string) (*hcl.File, hcl.Diagnostics) {
	if fault := l.meter.Source(source, name); fault != nil {
		return nil, hcl.Diagnostics{limitError(fault)}
	}
	file, diags := hclsyntax.ParseConfig(source, name, hcl.InitialPos)
	if diags.HasErrors() {
		file, diags = parseAroundTemplates(source, name, file, diags)
		file.Bytes = source
	}
	if fault := l.meter.Wrap(file.Body.(*hclsyntax.Body)); fault != nil {
		return nil, append(diags, limitError(fault))
	}
	return file, diags
}

func bodyOf(file *hcl.File) *hclsyntax.Body {
	if file == nil {
		return nil
	}
	body, _ := file.Body.(*hclsyntax.Body)
	return body
}
