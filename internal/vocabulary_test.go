package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// notOutput are packages whose strings are not ddmon's output: Datadog's messages in the sandbox, and tests.
var notOutput = []string{"sandbox", "chaos", "ddtest"}

// TestVocabulary compares the words in ddmon's output with the list in cli. The filter for sensitive values does not
// redact the words in that list.
func TestVocabulary(t *testing.T) {
	checkGenerated(t, filepath.Join("cli", "vocabulary.txt"), strings.Join(vocabulary(t), "\n")+"\n", "the code")
}

// wordPattern matches a word. The filter ignores shorter words.
var wordPattern = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]{3,}`)

// separatorPattern matches what separates the phrases of a string: punctuation and formatting verbs.
var separatorPattern = regexp.MustCompile("%[a-z]|[][,.:;()\"'`\n{}<>/=]")

// shortPhrase matches a string of a few words, such as a heading or an enum value. The list contains it as a whole.
var shortPhrase = regexp.MustCompile(`^[A-Za-z]+(?:[ -][A-Za-z]+){1,7}$`)

// vocabulary returns the words and short phrases in all string literals and embedded files, in lower case.
func vocabulary(t *testing.T) []string {
	all := map[string]bool{}
	add := func(text string) {
		for _, word := range wordPattern.FindAllString(text, -1) {
			// The filter ignores words with digits. A word with abcdef is a list of characters.
			if word = strings.ToLower(word); !strings.ContainsAny(word, "0123456789") && !strings.Contains(word, "abcdef") {
				all[word] = true
			}
		}
		for _, part := range separatorPattern.Split(text, -1) {
			if part = strings.TrimSpace(part); shortPhrase.MatchString(part) {
				all[strings.ToLower(part)] = true
			}
		}
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		name := strings.Split(path, "/")[0]
		switch {
		case err != nil || entry.IsDir() || strings.Contains(path, "testdata") || slices.Contains(notOutput, name):
			return err
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			return literals(path, add)
		case strings.HasPrefix(path, "report/assets/"), strings.HasPrefix(path, "kind/") && strings.HasSuffix(path, "_gen.txt"):
			source, err := os.ReadFile(path)
			add(string(source))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, 0, len(all))
	for word := range all {
		out = append(out, word)
	}
	slices.Sort(out)
	return out
}

// literals calls a function for every string literal in a Go file, except import paths.
func literals(path string, f func(string)) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
				f(text)
			}
		}
		return true
	})
	return nil
}
