package cli_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/lang"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// guide is the folder of the guide to tests, which is a stack with a README.
var guide = filepath.Join(repository, "examples", "incident-test")

// TestIncidentGuide runs the commands of the guide in a copy of its stack, and compares their output.
func TestIncidentGuide(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(guide)); err != nil {
		t.Fatal(err)
	}
	runDocument(t, filepath.Join(guide, "README.md"), dir, builtCommand(t))
}

// TestIncidentGuideQuotes: the guide quotes its files exactly.
func TestIncidentGuideQuotes(t *testing.T) {
	var files []string
	err := filepath.WalkDir(guide, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && entry.Name() != "README.md" {
			files = append(files, readFile(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	quotes := regexp.MustCompile("(?ms)^```(?:hcl|csv|json)\n(.*?)^```$").FindAllStringSubmatch(readFile(t, filepath.Join(guide, "README.md")), -1)
	if len(quotes) < 10 {
		t.Errorf("only %d quotes are found", len(quotes))
	}
	for _, quote := range quotes {
		if !slices.ContainsFunc(files, func(text string) bool { return strings.Contains(text, quote[1]) }) {
			t.Errorf("no file contains:\n%s", quote[1])
		}
	}
}

// TestIncidentGuideIsComplete: the guide uses every block of recordings and tests and every attribute of expectations.
func TestIncidentGuideIsComplete(t *testing.T) {
	test := readFile(t, filepath.Join(guide, "monitors", "incident.test.hcl"))
	readme := readFile(t, filepath.Join(guide, "README.md"))
	blocks := testfile.Blocks()
	expect := blocks[slices.IndexFunc(blocks, func(b *lang.BlockType) bool { return b.Name == "expect" })]
	for _, name := range expect.AttributeNames() {
		if !regexp.MustCompile(`(?m)^ +` + name + ` += `).MatchString(test) {
			t.Errorf("the test does not use %s", name)
		}
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the guide does not explain %s", name)
		}
	}
	recording := readFile(t, filepath.Join(guide, "testdata", "disk-full", "recording.hcl"))
	for _, b := range series.Blocks()[1:] {
		if !regexp.MustCompile(`(?m)^` + b.Name + `\b`).MatchString(recording) {
			t.Errorf("the recording has no block %s", b.Name)
		}
	}
	if _, diags := testfile.Load(config.Options{Dir: guide}); len(diags) > 0 {
		t.Error(diags)
	}
}
