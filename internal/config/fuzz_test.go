package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// FuzzLoad loads arbitrary bytes as a file of a stack. Load must not panic or read files outside of the folder, and
// objects without errors must have valid bodies.
func FuzzLoad(f *testing.F) {
	for _, c := range badInput {
		f.Add([]byte(c.text))
	}
	f.Add([]byte(guideText(stepText("logs = \"a:b\"\nprobe = probe.logs\nexpect { gap = \"< 2m\" }") + "\nconclusion \"c\" { when = step.one.failed && !(step.two.ok || step.two.unknown) }")))
	for _, call := range []string{
		`templatefile("main.hcl", { a = each.key })`, `jsondecode("{\"a\": [1, null]}")`, `try(file("../secret"), fileset(".", "**"))`,
		`merge({ a = 1 }, zipmap(["b"], [monitor.m.id]))`, `[for k, v in { a = sensitive("b") } : format("%s-%02d", k, 5) if can(v)]`, `nonsensitive(sensitive("a"))`,
	} {
		f.Add([]byte(monitorWith("  message = jsonencode(" + call + ")")))
	}
	names, _ := filepath.Glob("testdata/bodies/*.txtar")
	for _, name := range names {
		if raw, err := os.ReadFile(name); err == nil {
			f.Add(raw)
		}
	}
	outside := f.TempDir()
	secret := "the content of a file outside"
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte(secret), 0o644); err != nil {
		f.Fatal(err)
	}
	dir := filepath.Join(outside, "stack")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(monitorWith("  message = file(\"../secret\")")))
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, "main.hcl"), text, 0o644); err != nil {
			t.Fatal(err)
		}
		s, diags := Load(Options{Dir: dir})
		if strings.Contains(describe(diags), secret) {
			t.Error("a diagnostic contains the secret")
		}
		if diags.HasErrors() {
			return
		}
		for _, o := range s.Objects {
			checkShape(t, o.Body, secret)
			if _, ok := o.Ranges[""]; !ok {
				t.Error("an object has no range")
			}
		}
	})
}

func checkShape(t *testing.T, v any, secret string) {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			checkShape(t, e, secret)
		}
	case []any:
		for _, e := range v {
			checkShape(t, e, secret)
		}
	case object.Text:
		checkShape(t, v.String(), secret)
	case string:
		if strings.Contains(v, secret) {
			t.Error("a body contains the secret")
		}
	default:
		if !object.Equal(v, v) {
			t.Errorf("%T is not valid in a body", v)
		}
	}
}
