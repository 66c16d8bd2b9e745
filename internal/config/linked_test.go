package config

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ddmon/internal/root"
)

// TestLinkedFolders: no linked configuration folder is silently ignored, whatever the name of the link.
func TestLinkedFolders(t *testing.T) {
	for name, tt := range map[string]struct {
		link, target string
		reported     bool
	}{
		"out of the stack":                   {"monitors/dl", "../../outside", true},
		"out of the stack, with a dot":       {"monitors/dl.x", "../../outside", true},
		"out of the stack, like a text":      {"dashboards/deep/a.md", "../../../outside", true},
		"to nothing outside":                 {"monitors/dl.x", "../../nothing", true},
		"inside, with configuration":         {"monitors/dl.x", "../shared", true},
		"inside, with configuration below":   {"monitors/dl", "../above", true},
		"inside, without configuration":      {"monitors/texts.d", "../texts", false},
		"inside, where it is read":           {"monitors/again", "../dashboards/deep", false},
		"to the folder itself":               {"monitors/again", ".", false},
		"to the stack's folder":              {"monitors/again", "..", false},
		"to a hidden folder":                 {"monitors/again", ".hidden", true},
		"to a file that is no configuration": {"monitors/notes.txt", "../texts/a.txt", false},
		"hidden":                             {"monitors/.cache", "../../outside", false},
		"to nothing inside":                  {"monitors/dl.x", "nothing", true},
		"to nothing, as a folder":            {"dashboards/gone", "../gone", true},
	} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			for _, file := range []string{"outside/a.hcl", "stack/stack.hcl", "stack/monitors/a.hcl", "stack/monitors/.hidden/a.hcl", "stack/dashboards/deep/a.hcl",
				"stack/shared/a.hcl", "stack/above/below/a.hcl", "stack/texts/a.txt"} {
				if err := os.MkdirAll(filepath.Join(top, filepath.Dir(file)), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(top, file), nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(tt.target, filepath.Join(top, "stack", tt.link)); err != nil {
				t.Fatal(err)
			}
			r, err := root.Open(filepath.Join(top, "stack"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Close() }()
			names, problems := Files(r)
			if want := []string{"stack.hcl", "monitors/a.hcl", "dashboards/deep/a.hcl"}; !slices.Equal(names, want) {
				t.Errorf("%v, want %v", names, want)
			}
			if reported := len(problems) == 1 && problems[0].Name == filepath.FromSlash(tt.link); reported != tt.reported || !reported && len(problems) > 0 {
				t.Errorf("problems %v", problems)
			}
		})
	}
}
