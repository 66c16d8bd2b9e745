package internal_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// section returns the text of the README between a heading and the next one of its level.
func section(t *testing.T, heading string) string {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(readme), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("the README has no section %q", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// TestArchitecture: the README's ten steps are ten, and name every package of ddmon and none that does not exist.
func TestArchitecture(t *testing.T) {
	text := section(t, "Architecture in ten steps")
	for i, step := range regexp.MustCompile(`(?m)^(\d+)\. `).FindAllStringSubmatch(text, -1) {
		if step[1] != strconv.Itoa(i+1) || i >= 10 {
			t.Errorf("step %d is numbered %s", i+1, step[1])
		}
	}
	if !strings.Contains(text, "\n10. ") {
		t.Error("the README has fewer than ten steps")
	}
	named := map[string]bool{}
	for _, name := range regexp.MustCompile("`internal/([a-z/_.]+?)`").FindAllStringSubmatch(text, -1) {
		named[name[1]] = true
		if _, err := os.Stat(filepath.FromSlash(name[1])); err != nil {
			t.Errorf("the README names internal/%s, which does not exist", name[1])
		}
	}
	for _, p := range packages(t) {
		name := shortName(p.ImportPath)
		if len(p.GoFiles) > 0 && name != "." && !slices.Contains(testOnly, name) && !strings.HasSuffix(name, "/gen") && !named[name] {
			t.Errorf("the README does not name internal/%s", name)
		}
	}
}

// TestRatio: the README states how many lines of tests there are for each 100 lines of code. It may understate that by
// two at most, so that a change which adds code without tests fails here or lowers the figure in its diff.
func TestRatio(t *testing.T) {
	tests, code := 0, 0
	count := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		isTest := strings.HasSuffix(path, "_test.go") || filepath.Ext(path) == ".txtar" || filepath.Ext(path) == ".test" ||
			slices.Contains(testOnly, filepath.ToSlash(filepath.Dir(path)))
		if !isTest && filepath.Ext(path) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if isTest {
			tests += writtenLines(text)
		} else {
			code += writtenLines(text)
		}
		return err
	}
	for _, folder := range []string{".", "../testdata", "../examples"} {
		if err := filepath.WalkDir(folder, count); err != nil {
			t.Fatal(err)
		}
	}
	got := 100 * tests / code
	stated := regexp.MustCompile(`(\d+) lines of tests for every 100 lines of code`).FindStringSubmatch(section(t, "Tests"))
	if stated == nil {
		t.Fatalf("the README does not state the ratio: %d lines of tests for every 100 lines of code", got)
	}
	if want, _ := strconv.Atoi(stated[1]); got < want || got > want+2 {
		t.Errorf("the README states %d lines of tests for every 100 lines of code, it is %d (%d of %d)", want, got, tests, code)
	}
}

// writtenLines counts the lines that are not blank.
func writtenLines(text []byte) int {
	n := 0
	for line := range bytes.Lines(text) {
		if len(bytes.TrimSpace(line)) > 0 {
			n++
		}
	}
	return n
}
