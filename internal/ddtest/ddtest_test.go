package ddtest_test

import (
	"os"
	"path/filepath"
	"testing"

	"ddmon/internal/ddtest"

	"github.com/google/go-cmp/cmp"
)

func TestFolder(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"a.txt": "a", "b/c.txt": "c"})
	if got := string(ddtest.Read(t, filepath.Join(dir, "b", "c.txt"))); got != "c" {
		t.Errorf("b/c.txt contains %q", got)
	}
}

func TestRepository(t *testing.T) {
	if _, err := os.Stat(filepath.Join(ddtest.Repository(t), "internal", "ddtest")); err != nil {
		t.Error(err)
	}
}

// silent is a testing.TB that records failures without failing the real test.
type silent struct {
	testing.TB
	failed bool
}

func (s *silent) Helper()               {}
func (s *silent) Errorf(string, ...any) { s.failed = true }
func (s *silent) Fatalf(string, ...any) { s.failed = true; panic(s) }

// fails reports whether f fails its test.
func fails(t *testing.T, f func(testing.TB)) (failed bool) {
	s := &silent{TB: t}
	defer func() {
		if r := recover(); r != nil && r != any(s) {
			panic(r)
		}
		failed = s.failed
	}()
	f(s)
	return s.failed
}

func TestGoldenComparesWholeFiles(t *testing.T) {
	if ddtest.Updating() {
		t.Skip("-update disables the comparison")
	}
	path := filepath.Join(ddtest.Folder(t, map[string]string{"golden": "one\n"}), "golden")
	for text, want := range map[string]bool{"one\n": false, "one": true, "": true, "one\ntwo\n": true} {
		if got := fails(t, func(t testing.TB) { ddtest.Golden(t, path, text) }); got != want {
			t.Errorf("%q: failed %t, want %t", text, got, want)
		}
	}
}

func TestObjectRejectsOtherJSON(t *testing.T) {
	for text, want := range map[string]bool{`{"a": 1}`: false, `{}`: false, `{"a": 1} x`: true, `[]`: true, `null`: true, ``: true} {
		if got := fails(t, func(t testing.TB) { ddtest.Object(t, text) }); got != want {
			t.Errorf("%q: failed %t, want %t", text, got, want)
		}
	}
}

// TestCorpus reads a small corpus with recorded requests, a shipped object, and a wrapped one.
func TestCorpus(t *testing.T) {
	t.Setenv("DDMON_CORPUS", ddtest.Folder(t, map[string]string{
		"api/monitors/001.json":         `{"op": "create", "method": "POST", "status": 200, "request": {"a": 1}, "response": {"b": 2}}`,
		"api/monitors/002.json":         `{"op": "update", "status": 400, "request": {}, "response": {}}`,
		"shipped/dashboards/one.json":   `{"title": "one"}`,
		"shipped/dashboards/other.json": `{"definition": {"title": "other"}}`,
	}))
	var got []string
	for _, r := range ddtest.Corpus(t, "api/monitors", "shipped/dashboards") {
		got = append(got, r.File, r.Op, string(r.Request), string(r.Response))
		if r.Accepted() != (r.File == "api/monitors/001.json") {
			t.Errorf("%s: accepted %t", r.File, r.Accepted())
		}
	}
	want := []string{
		"api/monitors/001.json", "create", `{"a": 1}`, `{"b": 2}`, "api/monitors/002.json", "update", "{}", "{}",
		"shipped/dashboards/one.json", "", "", `{"title": "one"}`, "shipped/dashboards/other.json", "", "", `{"title": "other"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !fails(t, func(t testing.TB) { ddtest.Corpus(t, "api/none") }) {
		t.Error("Corpus accepts a folder without recordings")
	}
}

func TestObjects(t *testing.T) {
	for text, want := range map[string]int{`{"a": 1}`: 1, `[{"a": 1}, {}, 3]`: 2, `"x"`: 0, ``: 0, `null`: 0} {
		if got := len(ddtest.Objects([]byte(text))); got != want {
			t.Errorf("%s: %d objects, want %d", text, got, want)
		}
	}
}
