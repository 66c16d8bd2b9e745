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

// notSpoken are packages whose texts are not ddmon's: those of the Datadog that the sandbox is, and those of tests.
var notSpoken = []string{"sandbox", "chaos", "ddtest"}

// TestVocabulary compares the words that output is made of with the list in cli, by which the text filter leaves them whole.
func TestVocabulary(t *testing.T) {
	checkGenerated(t, filepath.Join("cli", "vocabulary.txt"), strings.Join(vocabulary(t), "\n")+"\n", "the code")
}

// spoken is a word of a text; shorter ones are never looked for.
var spoken = regexp.MustCompile(`[A-Za-z_][A-Za-z_0-9]{3,}`)

// between is what the phrases of a text are apart by: punctuation and what is filled in.
var between = regexp.MustCompile("%[a-z]|[][,.:;()\"'`\n{}<>/=]")

// shortPhrase is a text of a few words, such as a heading or a value of an enumeration, which is listed as a whole.
var shortPhrase = regexp.MustCompile(`^[A-Za-z]+(?:[ -][A-Za-z]+){1,7}$`)

// vocabulary lists the words and the short phrases of all literals and of what is embedded, in small letters.
func vocabulary(t *testing.T) []string {
	all := map[string]bool{}
	add := func(text string) {
		for _, word := range spoken.FindAllString(text, -1) {
			// Words with digits are never looked for; one with abcdef is a list of characters.
			if word = strings.ToLower(word); !strings.ContainsAny(word, "0123456789") && !strings.Contains(word, "abcdef") {
				all[word] = true
			}
		}
		for _, part := range between.Split(text, -1) {
			if part = strings.TrimSpace(part); shortPhrase.MatchString(part) {
				all[strings.ToLower(part)] = true
			}
		}
	}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		path = filepath.ToSlash(path)
		name := strings.Split(path, "/")[0]
		switch {
		case err != nil || entry.IsDir() || strings.Contains(path, "testdata") || slices.Contains(notSpoken, name):
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

// literals calls a function for every text in a Go file; the names of packages that it imports are none.
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
