package cli_test

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

// TestPlanKeys: only a key that cannot be guessed protects the hashes in a saved plan; without one, plan warns.
func TestPlanKeys(t *testing.T) {
	t.Parallel()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	defer server.Close()
	const (
		short, real = "abc", "0123456789abcdef0123456789abcdef"
		open        = "monitor \"m\" {\n  name = \"m\"\n  type = \"query alert\"\n  query = \"avg(last_5m):avg:app.load{*} > 2\"\n  message = \"MESSAGE\"\n}\n"
	)
	for name, tt := range map[string]struct {
		key, own, message, hashedWith string
		warns                         bool
	}{
		"a real key":                  {real, "", "${var.pin}", "DD_API_KEY", false},
		"a short key":                 {short, "", "${var.pin}", "", true},
		"a key that is cut":           {real[:31], "", "${var.pin}", "", true},
		"a key of one's own":          {short, real[:16], "${var.pin}", "DDMON_PLAN_KEY", false},
		"nothing sensitive to hash":   {short, "", "plain", "", false},
		"nothing sensitive, real key": {real, "", "plain", "", false},
	} {
		s := &secretive{dir: t.TempDir(), host: server.URL, environ: []string{"DD_API_KEY=" + tt.key, "DDMON_PLAN_KEY=" + tt.own}}
		stack := "stack \"shop\" {}\n" + strings.ReplaceAll(open, "MESSAGE", tt.message)
		if strings.Contains(tt.message, "var.") {
			s.environ = append(s.environ, "DDMON_VAR_pin=4711")
			stack += "variable \"pin\" { sensitive = true }\n"
		}
		s.write(t, map[string]string{"monitors/stack.hcl": stack})
		out := s.dir + "/plan.json"
		s.must(t, "plan", "--out", out)
		file, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(file), `"key":"`+tt.hashedWith+`"`); got != (tt.hashedWith != "") {
			t.Errorf("%s: hashed with %q: %t in %s", name, tt.hashedWith, got, file)
		}
		if got := strings.Contains(s.written.String(), "can be guessed"); got != tt.warns {
			t.Errorf("%s: warns: %t\n%s", name, got, s.written.String())
		}
		// A plan with hashes is refused with a different key.
		with := s.environ
		s.environ = append([]string{"DD_API_KEY=" + short}, s.environ[2:]...)
		if code := s.run("apply", out); (code == 0) != (tt.hashedWith == "") {
			t.Errorf("%s: apply with a short key exits %d", name, code)
		}
		s.environ = with
		s.must(t, "destroy", "--auto-approve")
	}
}
