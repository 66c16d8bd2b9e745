package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
)

const (
	configSuffix    = ".hcl"
	testSuffix      = ".test.hcl"
	variablesSuffix = ".auto.vars.hcl"
)

// sources are the parsed files of a stack, in the order of their names.
type sources struct {
	config    []*hclsyntax.Body
	variables []*hclsyntax.Body
	tests     []*hclsyntax.Body
}

// readSources reads the folder's own *.hcl and, with everything below them, those of monitors/ and dashboards/.
func (l *loader) readSources() sources {
	var names []string
	names = append(names, l.list("", false)...)
	names = append(names, l.list("monitors", true)...)
	names = append(names, l.list("dashboards", true)...)

	var s sources
	found := false
	for _, name := range names {
		if strings.HasSuffix(name, testSuffix) {
			s.tests = l.appendTestFile(s.tests, name)
			continue
		}
		found = true
		body := l.parseFile(filepath.Join(l.options.Dir, name))
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

// list returns the names, relative to the stack's folder, of the files to read in one of its folders. Hidden files
// and folders are no configuration: editors and version control keep things there.
func (l *loader) list(folder string, recursive bool) []string {
	entries, err := os.ReadDir(filepath.Join(l.options.Dir, folder))
	if err != nil {
		if folder == "" || !errors.Is(err, fs.ErrNotExist) {
			l.error("unreadable_directory", "Directory cannot be read", "Its files cannot be listed: "+err.Error()+
				". Check its permissions, or move it out of the stack.", hcl.Range{})
		}
		return nil
	}
	var names []string
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			if recursive {
				names = append(names, l.list(name, true)...)
			}
		case strings.HasSuffix(name, configSuffix) && (l.options.Tests || !strings.HasSuffix(name, testSuffix)):
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// appendTestFile adds a file of tests. One with syntax errors is left out: it does not excuse what is wrong in the
// configuration, and what it lacks may only follow.
func (l *loader) appendTestFile(tests []*hclsyntax.Body, name string) []*hclsyntax.Body {
	broken := l.broken
	l.broken = false
	if body := l.parseFile(filepath.Join(l.options.Dir, name)); body != nil && !l.broken {
		tests = append(tests, body)
	}
	l.broken = broken
	return tests
}

// parseFile reads one file of HCL; nil if it cannot be read.
func (l *loader) parseFile(name string) *hclsyntax.Body {
	source, err := readRegular(name)
	if err != nil {
		l.error("unreadable_file", "File cannot be read", "The file "+name+" cannot be read: "+reason(err)+
			". Check its permissions, or move it out of the stack.", hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos})
		return nil
	}
	if deep := tooDeep(source, name); deep != nil {
		l.diags = append(l.diags, deep)
		l.broken = true
		return nil
	}
	file, diags := hclsyntax.ParseConfig(source, name, hcl.InitialPos)
	if diags.HasErrors() {
		file, diags = parseAroundTemplates(source, name, file, diags)
		file.Bytes = source
	}
	l.stack.Files[name] = file
	l.broken = l.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	l.report(diags)
	body, _ := file.Body.(*hclsyntax.Body)
	return body
}

// readRegular reads a file. A pipe or a device would be waited for, perhaps for ever.
func readRegular(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is no regular file")
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

// reason is what went wrong with a file, without the path that the message around it names already.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
