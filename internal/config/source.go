package config

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// sources are the parsed files of a stack, in the order of their names.
type sources struct {
	config    []*hclsyntax.Body
	variables []*hclsyntax.Body
	tests     []*hclsyntax.Body
}

// reader reads and parses the files of a stack.
type reader struct {
	report *lang.Reporter
	root   *root.Root
	files  map[string]*hcl.File // all that were read, as in Stack.Files
	broken bool                 // a file has a syntax error, so what it declares may be missing
	// undeclared reports that variables may be missing: a file other than a file of variables has a syntax error.
	undeclared bool
}

// read reads the stack's files, including test files if tests is set. Messages name the folder dir.
func (r *reader) read(dir string, tests bool) sources {
	names, problems := Files(r.root)
	for _, p := range problems {
		r.unreadable(p)
	}
	var s sources
	found := false
	for _, name := range names {
		if strings.HasSuffix(name, TestSuffix) {
			if tests {
				s.tests = r.appendTestFile(s.tests, name)
			}
			continue
		}
		found = true
		isVariables := strings.HasSuffix(name, variablesSuffix)
		problems := r.report.Len()
		body := r.parseFile(name)
		r.undeclared = r.undeclared || !isVariables && r.report.Len() > problems
		switch {
		case body == nil:
		case isVariables:
			s.variables = append(s.variables, body)
		default:
			s.config = append(s.config, body)
		}
	}
	if !found && !r.report.HasErrors() {
		dir := filepath.Clean(dir)
		r.report.Error("no_configuration", "No configuration files", dir+" and its subfolders, such as monitors/, contain no *.hcl file. "+
			"Run ddmon in your stack's folder, set it with -C DIR, or start with a file stack.hcl that contains: "+
			"stack \"my-service\" {}", hcl.Range{})
	}
	return s
}

// appendTestFile adds a test file. One with syntax errors is left out: problems in the configuration are reported all
// the same, but problems that the missing part of the test file would cause are not.
func (r *reader) appendTestFile(tests []*hclsyntax.Body, name string) []*hclsyntax.Body {
	broken := r.broken
	r.broken = false
	if body := r.parseFile(name); body != nil && !r.broken {
		tests = append(tests, body)
	}
	r.broken = broken
	return tests
}

// unreadable reports a file or folder that cannot be read.
func (r *reader) unreadable(e *FileError) {
	shown := r.root.DisplayPath(e.Name)
	at := hcl.Range{Filename: shown, Start: hcl.InitialPos, End: hcl.InitialPos}
	var leaves *root.LeavesError
	switch {
	case errors.As(e.Err, &leaves):
		if leaves.Link != "" {
			shown = r.root.DisplayPath(leaves.Link)
			at.Filename = shown
		}
		r.report.Error("outside_stack", "Link to outside the stack", root.LinkOutside(shown)+".", at)
	case errors.Is(e.Err, errLinkedFolder):
		r.report.Error("unreadable_directory", "Linked folder is not read", shown+" is a link to a folder, and ddmon does not read the files of linked folders. "+
			"Replace the link with the folder itself.", at)
	case e.Folder:
		r.report.Error("unreadable_directory", "Directory cannot be read", "ddmon cannot list the files of "+shown+": "+root.Reason(e.Err)+
			". Check its permissions, or move it out of the stack.", hcl.Range{})
	default:
		r.report.Error("unreadable_file", "File cannot be read", "ddmon cannot read the file "+shown+": "+root.Reason(e.Err)+
			". Check its permissions, or move it out of the stack.", at)
	}
}

// parseFile reads one file of the stack; nil if it cannot be read.
func (r *reader) parseFile(name string) *hclsyntax.Body {
	source, err := r.root.ReadFile(name, limit.MaxFileBytes)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		r.report.Limit(limit.FileTooLarge(r.root.DisplayPath(name)))
		return nil
	}
	if err != nil {
		r.unreadable(&FileError{Name: name, Err: err})
		return nil
	}
	shown := r.root.DisplayPath(name)
	file, diags := r.parse(source, shown)
	if file != nil {
		r.files[shown] = file
	}
	r.broken = r.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	r.report.AddHCL(diags)
	return bodyOf(file)
}

// parse parses a file; nil if that fails.
func (r *reader) parse(source []byte, name string) (*hcl.File, hcl.Diagnostics) {
	if fault := r.report.Meter.Source(source, name); fault != nil {
		return nil, hcl.Diagnostics{lang.LimitError(fault)}
	}
	file, diags := hclsyntax.ParseConfig(source, name, hcl.InitialPos)
	if diags.HasErrors() {
		file, diags = parseAroundTemplates(source, name, file, diags)
		file.Bytes = source
	}
	if fault := r.report.Meter.Wrap(file.Body.(*hclsyntax.Body)); fault != nil {
		return nil, append(diags, lang.LimitError(fault))
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
