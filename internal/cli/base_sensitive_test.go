package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBaseHidesWhatIsDeleted: for an object whose block was removed, only the base configuration knows which fields are
// sensitive. Values with fewer than four characters and numbers are hidden by their field alone.
func TestBaseHidesWhatIsDeleted(t *testing.T) {
	const variables = `variable "handle" {
  type      = string
  sensitive = true
}
variable "limit" {
  type      = number
  sensitive = true
}
`
	const before = variables + `monitor "a" {
  name    = "a"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.queue{*} > 900"
  message = "call ${var.handle}"
  tags    = ["team:a", var.handle]
  options {
    renotify_interval = var.limit
    thresholds {
      warning = var.limit
    }
  }
}
dashboard "d" {
  title       = "d"
  layout_type = "ordered"
  group "g" {
    widget "note" { content = var.handle }
  }
}
`
	dir, host := t.TempDir(), box(t).URL
	old := filepath.Join(dir, "before")
	if err := os.Mkdir(old, 0o700); err != nil {
		t.Fatal(err)
	}
	writeStack(t, old, before)
	writeStack(t, dir, before)
	secrets := []string{"DDMON_VAR_handle=q:7", "DDMON_VAR_limit=731"}
	if code, stdout, stderr := against(t, dir, host, secrets, "apply", "--auto-approve"); code != 0 {
		t.Fatal(stdout, stderr)
	}
	writeStack(t, dir, variables)
	for _, format := range [][]string{nil, {"--json"}, {"--markdown", "-"}, {"--markdown", filepath.Join(dir, "comment.md")}} {
		_ = os.Remove(filepath.Join(dir, "comment.md"))
		code, stdout, stderr := against(t, dir, host, secrets, append([]string{"plan", "--base", old}, format...)...)
		said := stdout + stderr
		if comment, err := os.ReadFile(filepath.Join(dir, "comment.md")); err == nil {
			said += string(comment)
		}
		if code != 0 || !strings.Contains(said, "queue") && !strings.Contains(said, "monitor.a") {
			t.Errorf("%q: exit code %d\n%s", format, code, said)
		}
		for _, secret := range []string{"q:7", "731"} {
			if strings.Contains(said, secret) {
				t.Errorf("%q shows %s:\n%s", format, secret, said)
			}
		}
	}
}
