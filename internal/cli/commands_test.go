package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestCommandsAreComplete: every command has an example, a row in the README, a script that runs it, and a group in the
// help.
func TestCommandsAreComplete(t *testing.T) {
	readme := readText(t, "../../README.md")
	scripts := allScripts(t)
	for name, c := range commands(t) {
		top, _, _ := strings.Cut(name, " ")
		if c.Example == "" {
			t.Errorf("%s has no example", name)
		}
		if c.Parent().Parent() == nil && c.GroupID == "" {
			t.Errorf("%s is in no group of the help", name)
		}
		if c.HasSubCommands() {
			continue // its commands have what follows
		}
		if row := regexp.MustCompile("(?m)^\\|.*`" + regexp.QuoteMeta(name) + "[ `]"); !row.MatchString(readme) {
			t.Errorf("the README's table of commands has no row for %s", name)
		}
		if run := regexp.MustCompile(`(?m)^(!? ?exec|exits \d) ddmon (-C \S+ |-\S+ )*` + regexp.QuoteMeta(name) + `\b`); !run.MatchString(scripts) {
			t.Errorf("no script below testdata/script runs %s: write testdata/script/%s/*.txtar", name, top)
		}
	}
}

// TestExamplesParse: the commands, flags and arguments in the examples exist.
func TestExamplesParse(t *testing.T) {
	for name, c := range commands(t) {
		own := false
		for line := range strings.Lines(c.Example) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "# ") {
				continue
			}
			words := shellWords(line)
			root := newRootCommand(new(App))
			found, args, err := root.Find(words[1:])
			if err != nil || words[0] != "ddmon" {
				t.Errorf("%s: %q: %v", name, line, err)
				continue
			}
			if err := found.ParseFlags(args); err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
			}
			if err := found.ValidateArgs(found.Flags().Args()); err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
			}
			_, path, _ := strings.Cut(found.CommandPath(), " ")
			own = own || strings.HasPrefix(path, name)
		}
		if !own {
			t.Errorf("no example of %s runs it", name)
		}
	}
}

// TestGlobalFlagsStay: no command changes the global flags. Only the flag parser does.
func TestGlobalFlagsStay(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	assigned := regexp.MustCompile(`\.flags(\.\w+)? *=[^=]`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if line := assigned.FindString(readText(t, file)); line != "" {
			t.Errorf("%s changes the flags of all commands: %s", file, line)
		}
	}
}

// commands returns all runnable commands by name, without the program's name.
func commands(t *testing.T) map[string]*cobra.Command {
	t.Helper()
	root := newRootCommand(new(App))
	out := make(map[string]*cobra.Command)
	for _, name := range CommandNames() {
		c, _, err := root.Find(strings.Fields(name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = c
	}
	if len(out) < 15 || !slices.Contains(CommandNames(), "sandbox serve") {
		t.Fatalf("only %d commands", len(out))
	}
	return out
}

// shellWords splits a command at spaces outside of single quotes.
func shellWords(line string) []string {
	quoted := false
	words := strings.FieldsFunc(line, func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	})
	for i, word := range words {
		words[i] = strings.Trim(word, "'")
	}
	return words
}

func readText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// allScripts returns the text of all scripts.
func allScripts(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir("../../testdata/script", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txtar" {
			return err
		}
		all.WriteString(readText(t, path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
