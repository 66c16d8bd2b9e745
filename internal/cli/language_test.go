package cli_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/ddquery"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// languageSection returns the text of a section of `ddmon help language`.
func languageSection(t *testing.T, heading string) string {
	t.Helper()
	_, text, found := strings.Cut(config.Language, "\n"+heading+"\n\n")
	if !found {
		t.Fatalf("no section %s", heading)
	}
	return regexp.MustCompile(`(?m)^[A-Z]{4}[A-Z ]*$`).Split(text, 2)[0]
}

// TestLanguageFunctions: the help lists exactly the functions that expressions can call, and those that are refused.
func TestLanguageFunctions(t *testing.T) {
	supported, refused := lang.FunctionNames()
	var listed, listedRefused []string
	category := ""
	for line := range strings.Lines(languageSection(t, "FUNCTIONS")) {
		if !strings.HasPrefix(line, "  ") {
			continue
		}
		if name, _, _ := strings.Cut(line[2:], " "); name != "" {
			category = name
		}
		for _, name := range strings.Split(strings.TrimSpace(line[len("  collections  "):]), ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			} else if category == "refused" {
				listedRefused = append(listedRefused, name)
			} else {
				listed = append(listed, name)
			}
		}
	}
	slices.Sort(listed)
	if !slices.Equal(listed, supported) {
		t.Errorf("listed:    %q\nsupported: %q", listed, supported)
	}
	if !slices.Equal(listedRefused, refused) {
		t.Errorf("listed:  %q\nrefused: %q", listedRefused, refused)
	}
}

// TestLanguageBlocks: the help names every block, and every attribute that ddmon adds to objects.
func TestLanguageBlocks(t *testing.T) {
	var names []string
	for _, b := range slices.Concat(config.Blocks(), testfile.Blocks()) {
		names = append(names, b.Name)
	}
	for _, k := range kind.All() {
		own := config.ObjectBlock(k)
		names = slices.Concat(names, []string{k.Name}, own.AttributeNames(), own.BlockNames())
	}
	text := languageSection(t, "BLOCKS")
	for _, name := range names {
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(text) {
			t.Errorf("%s is missing", name)
		}
	}
	for _, b := range series.Blocks()[:1] {
		if !strings.Contains(config.Language, "`ddmon schema "+b.Name+"`") {
			t.Errorf("%s is missing", b.Name)
		}
	}
}

// TestLanguageExamples: the examples evaluate to what the help says.
func TestLanguageExamples(t *testing.T) {
	examples := regexp.MustCompile(`(?m)^  (\S.*?) {2,}= (.+)$`).FindAllStringSubmatch(languageSection(t, "EXPRESSIONS"), -1)
	if len(examples) < 9 {
		t.Errorf("only %d examples are found", len(examples))
	}
	for _, e := range examples {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "stack.hcl"), "stack \"s\" {}\nlocals {\n  got = jsonencode("+e[1]+")\n  want = jsonencode("+e[2]+")\n}\n"+
			"monitor \"m\" {\n  name = \"m\"\n  type = \"query alert\"\n  query = \"avg(last_5m):avg:a{*} > 1\"\n  message = local.got == local.want ? \"equal\" : local.got\n}\n")
		stack, diags := config.Load(config.Options{Dir: dir})
		if diags.HasErrors() {
			t.Errorf("%s: %s", e[1], diags)
		} else if got := stack.Objects[0].Body["message"]; got != "equal" {
			t.Errorf("%s is %v, not %s", e[1], got, e[2])
		}
	}
}

// TestLanguageLimits: the help states the limits of the code.
func TestLanguageLimits(t *testing.T) {
	text := languageSection(t, "LIMITS")
	for what, n := range map[string]int{
		"a file, or the strings in one value": limit.MaxFileBytes, "words, numbers, symbols and lines of all HCL files": limit.MaxTokens,
		"elements of a value": limit.MaxElements, "steps of all evaluations": limit.MaxSteps, "values that evaluation creates": limit.MaxMemory,
		"nested brackets in a file": limit.MaxNesting, "nested lists and maps in a value": limit.MaxValueNesting,
		"a query": ddquery.MaxQuery, "a message": ddquery.MaxMessage,
	} {
		if !regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(size(n)) + ` +` + what).MatchString(text) {
			t.Errorf("%s: want %s", what, size(n))
		}
	}
	if limit.MaxText != limit.MaxFileBytes {
		t.Error("files and strings have different limits")
	}
}

// size writes a limit as the help does.
func size(n int) string {
	switch {
	case n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
