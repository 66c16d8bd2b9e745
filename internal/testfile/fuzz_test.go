package testfile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/ddtest"
)

// FuzzTests loads arbitrary bytes as a test file. Loading must not panic or reveal a secret. A test that loads without
// errors has a recording and expects something of at least one existing monitor.
func FuzzTests(f *testing.F) {
	for _, c := range invalidTests {
		if c.name != "deep address" { // it takes minutes to minimize
			f.Add([]byte(c.text))
		}
	}
	f.Add([]byte("test \"t\" {\n  for_each = { x = 1 }\n  recording = each.key\n  variables = { limit = each.value }\n  expect \"monitor.q[each.key]\" { never = \"Alert\" }\n}"))
	f.Add([]byte(expectWith("status = \"Alert\"\nwithin = \"5m\"\nnotifies = var.notify\ngroup = { host = \"a\" }\nrecovers_within = \"1d\"")))
	f.Add([]byte(expectWith("status = \"OK\"\nat = \"phase-2-5m\"\nmessage_contains = [var.token]")))
	dir := ddtest.Folder(f, map[string]string{"stack.hcl": testStack})
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, "a.test.hcl"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		s, diags := Load(config.Options{Dir: dir})
		if strings.Contains(describe(diags), "hunter2") && !strings.Contains(string(text), "hunter2") {
			t.Errorf("the secret is in:\n%s", describe(diags))
		}
		if diags.HasErrors() {
			return
		}
		for _, test := range s.Tests {
			if test.Recording == "" || len(test.Expects) == 0 || len(test.Objects) == 0 {
				t.Errorf("%q is incomplete", test.Name)
			}
			for _, e := range test.Expects {
				checkExpected(t, test, e)
			}
		}
	})
}

func checkExpected(t *testing.T, test Test, e Expect) {
	if len(e.Monitors) == 0 {
		t.Errorf("%q has an expectation without monitors", test.Name)
	}
	for _, a := range e.Monitors {
		if !slices.ContainsFunc(test.Objects, objectAt(a)) {
			t.Errorf("%q expects something of %s, which does not exist", test.Name, a)
		}
	}
	if e.Status != "" && !slices.Contains(expectType.Attribute("status").Values, e.Status) {
		t.Errorf("status %q", e.Status)
	}
	if e.Status == "" && len(e.Never) == 0 && len(e.Notifies) == 0 && e.NotifiesOnly == nil && len(e.MessageContains) == 0 && !e.Silent && e.Renotifies == nil && e.RecoversWithin == nil {
		t.Errorf("%q expects nothing", test.Name)
	}
}
