package cli_test

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPageKeepsItsScript: the script of a report is not changed, even if it contains the text of a secret.
func TestPageKeepsItsScript(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, map[string]string{
		"stack.hcl": `
stack "s" {}
variable "token" { sensitive = true }
monitor "m" {
  name    = "m"
  type    = "query alert"
  query   = "avg(last_5m):avg:rabbitmq.queue.messages{*} > 5"
  message = "x:${var.token}"
  tags    = ["x:${var.token}"]
}
`,
		"one.test.hcl": `
test "one" {
  recording = "quiet"
  expect "monitor.m" { never = "Alert" }
}
`,
		"quiet/recording.hcl": quietRecording,
	})
	for _, token := range []string{"null", "function", "length", "idxs"} {
		if code, out, errs := runStack(dir, nil, "test", "--var", "token="+token, "--html", filepath.Join(dir, "r.html")); code != 0 {
			t.Fatalf("exit code %d\n%s%s", code, out, errs)
		}
		page, err := os.ReadFile(filepath.Join(dir, "r.html"))
		if err != nil {
			t.Fatal(err)
		}
		script := regexp.MustCompile(`(?s)<script>(.*)</script>`).FindSubmatch(page)
		if script == nil {
			t.Fatal("the page has no script")
		}
		sum := sha256.Sum256(script[1])
		if !strings.Contains(string(page), "sha256-"+strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;")) {
			t.Errorf("%s: the script was changed", token)
		}
		if strings.Contains(string(page), "x:"+token) && token != "null" {
			t.Errorf("%s is shown", token)
		}
	}
}
