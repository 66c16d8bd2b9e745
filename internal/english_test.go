package internal_test

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// translated are words that make a text read like a translation, and what to write in their place. Words that also have
// a good use, such as take, thing, gone, lost and in order, are not among them.
var translated = []struct{ words, write string }{
	{`tells?|told|telling`, "notify, report, say, distinguish"},
	{`stands?|stood|standing`, "is, appears, remains"},
	{`nobody|somebody`, "no one, someone, or who it is"},
	{`whom|whoever`, "who, recipients, owner"},
	{`(?:is|are|was|were) none`, "is not a ..., invalid"},
	{`(?:is|are|was) no (?:\w+)`, "is not a ..., invalid"},
	{`(?:made|come|comes|made) anew|anew`, "recreated, again"},
	{`(?:come|comes|came) new`, "new"},
	{`mends?|mended`, "fix"},
	{`held against`, "compared with"},
	{`under ?way`, "in progress, in flight"},
	{`besides?`, "also, in addition; next to"},
	{`twins?`, "duplicate"},
	{`of which|what it is of`, "which; two sentences"},
	{`shall`, "should, must, will"},
	{`as (?:it|they) (?:is|are|stands?)`, "unchanged"},
	{`nothing but`, "only"},
	{`(?:has|have|had) to`, "must, needs to"},
	{`left over`, "orphaned, remaining"},
	{`half a marker`, "incomplete ownership marker"},
	{`no part in`, "not involved"},
	{`asks no ?(?:body|one)`, "runs offline"},
}

// fine are phrases that only look like those above.
var fine = regexp.MustCompile(`(?i)\b(?:is|are|was) no (?:longer|more|less|greater|later|earlier|larger|smaller)\b|\b[Tt]here (?:is|are|was) no\b|` +
	`\b(?:has|have|had) to do with\b|\b(?:could not|cannot) tell\b`)

// notOurs are texts of others: recorded and generated ones.
var notOurs = regexp.MustCompile(`^(?:internal/english_test\.go|internal/kind/.*_gen\.txt|internal/report/assets/uplot/.*|` +
	`internal/cli/vocabulary\.txt|testdata/upgrade/.*|.*/testdata/fuzz/.*|LICENSE|NOTICE|go\.(?:mod|sum))$`)

// TestPlainEnglish: texts and comments of the program, documents, configuration and scripts use plain words.
func TestPlainEnglish(t *testing.T) {
	rules := make([]*regexp.Regexp, len(translated))
	for i, rule := range translated {
		rules[i] = regexp.MustCompile(`(?i)\b(?:` + rule.words + `)\b`)
	}
	check := func(path string, line int, text string) {
		for i, text := range strings.Split(fine.ReplaceAllString(text, ""), "\n") {
			for j, rule := range rules {
				if found := rule.FindString(text); found != "" {
					t.Errorf("%s:%d: %q reads like a translation; write: %s", path, line+i, found, translated[j].write)
				}
			}
		}
	}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel("..", path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && name != "." && name != ".ci":
			return filepath.SkipDir
		case !entry.Type().IsRegular() || notOurs.MatchString(name) || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		if !strings.HasSuffix(name, ".go") {
			check(name, 1, string(source))
			return err
		}
		for line, text := range wordsOfGo(source, strings.HasPrefix(name, "internal/sandbox/")) {
			check(name, line, text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wordsOfGo yields the comments and, unless its texts are not ddmon's, the strings of a Go file with their first lines.
func wordsOfGo(source []byte, commentsOnly bool) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		set := token.NewFileSet()
		file := set.AddFile("", -1, len(source))
		var s scanner.Scanner
		s.Init(file, source, nil, scanner.ScanComments)
		for {
			pos, kind, text := s.Scan()
			if kind == token.EOF {
				return
			}
			if unquoted, err := strconv.Unquote(text); kind == token.STRING && err == nil && !commentsOnly {
				text = unquoted
			} else if kind != token.COMMENT {
				continue
			}
			if !yield(set.Position(pos).Line, text) {
				return
			}
		}
	}
}
