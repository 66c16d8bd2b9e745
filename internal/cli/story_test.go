package cli_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// story is a repository with a stack, a Datadog, and a clock that moves only when it is set.
type story struct {
	t    *testing.T
	dir  string
	box  *sandbox.Server
	host string
	now  time.Time
}

func newStory(t *testing.T) *story {
	t.Helper()
	s := &story{t: t, dir: t.TempDir(), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	box, err := sandbox.Open("", sandbox.Options{Now: func() time.Time { return s.now }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	s.box, s.host = box, server.URL
	copyStack(t, repository, s.dir)
	return s
}

// noWait returns immediately.
func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// shell runs commands in the repository as its author, without git settings of the machine.
func (s *story) shell(commands string) {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "sh", "-ec", commands)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "ORIGIN="+s.dir+"/../origin.git",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", commands, err, out)
	}
}

// ddmon runs a command in CI's working copy and checks its exit code.
func (s *story) ddmon(want int, args ...string) string {
	s.t.Helper()
	return s.with([]string{"DD_HOST=" + s.host, "DD_API_KEY=k", "DD_APP_KEY=k"}, want, args...)
}

func (s *story) with(environ []string, want int, args ...string) string {
	s.t.Helper()
	var out bytes.Buffer
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: func() time.Time { return s.now }, Sleep: noWait, Environ: environ,
	}
	if code := app.Run(context.Background(), append([]string{"-C", s.dir}, args...)); code != want {
		s.t.Fatalf("ddmon %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, out.String())
	}
	return out.String()
}

// edit changes a monitor like a user in Datadog.
func (s *story) edit(name, body string) {
	s.t.Helper()
	list := s.request(http.MethodGet, "/api/v1/monitor?name="+strings.ReplaceAll(name, " ", "%20"), "")
	id := regexp.MustCompile(`"id":(1\d{8})`).FindStringSubmatch(list)
	if id == nil {
		s.t.Fatalf("no monitor is called %s: %s", name, list)
	}
	s.request(http.MethodPut, "/api/v1/monitor/"+id[1], body)
}

func (s *story) request(method, path, body string) string {
	s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	w := httptest.NewRecorder()
	s.box.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.String()
}

var commit = regexp.MustCompile(`merge base [0-9a-f]{7}`)

// golden compares what was written with a file of testdata; the commit's hash changes with every file of the
// stack, and the address with every run.
func (s *story) golden(name, got string) {
	s.t.Helper()
	path := filepath.Join("testdata", "story", name)
	got = strings.NewReplacer(s.dir+"/", "", s.host, "http://127.0.0.1:8765").Replace(commit.ReplaceAllString(got, "merge base 1234567"))
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		s.t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func (s *story) goldenFile(name string) {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	s.golden(name, string(content))
}

// TestPullRequest is the life of a change in a real repository: a branch, a concurrent edit in Datadog, the plan in the
// pull request, a competing pull request, the merge, the apply of the reviewed plan, and the nightly check.
func TestPullRequest(t *testing.T) {
	s := newStory(t)
	s.shell(`git init -q -b main && git add . && git commit -qm "The rules"
		git init -q --bare "$ORIGIN" && git remote add origin "$ORIGIN" && git push -q -u origin main`)
	s.ddmon(0, "apply", "--auto-approve", "--parallelism", "1")

	// Two branches: one raises the threshold of the backlog rule and changes the priority of queue_depth, the other one
	// changes only the priority.
	s.shell(`git switch -qc other && sed -i 's/priority = 3/priority = 4/' monitors/queue_depth.hcl && git commit -qam "P4"
		git switch -q main && git switch -qc backlog
		sed -i 's/backlog_limit = 10/backlog_limit = 40/' monitors/stack.hcl
		sed -i 's/priority = 3/priority = 2/' monitors/queue_depth.hcl && git commit -qam "Less nervous"`)
	// A user on call raises a priority and mutes a monitor.
	s.now = s.now.Add(time.Hour)
	s.edit("queue-master has no available replica", `{"priority":2}`)
	s.edit("shipping-task has no consumer", `{"options":{"on_missing_data":"show_no_data","thresholds":{"critical":1},"silenced":{"*":1772460000}}}`)

	s.now = s.now.Add(time.Hour)
	in := func(name string) string { return filepath.Join(s.dir, name) }
	s.golden("plan.txt", s.ddmon(2, "plan", "--base", "origin/main", "--detailed-exitcode", "--out", in("plan.json"), "--markdown", in("comment.md")))
	s.goldenFile("comment.md")
	s.ddmon(1, "plan", "--base", "origin/main", "--fail-on-regression")
	// A pull request from a fork has no keys.
	s.with(nil, 2, "diff", "--base", "origin/main", "--detailed-exitcode", "--markdown", in("fork.md"))
	s.goldenFile("fork.md")
	s.shell("git switch -q other")
	s.ddmon(2, "plan", "--base", "origin/main", "--detailed-exitcode", "--out", in("other.json"))

	// The first branch is merged, and the reviewed plan is applied without asking.
	s.shell(`git switch -q main && git merge -q --no-ff backlog && git push -q`)
	s.now = s.now.Add(time.Hour)
	if out := s.ddmon(0, "apply", in("plan.json")); !strings.Contains(out, "Apply complete! Resources: 0 added, 5 changed, 0 destroyed.") {
		t.Error(out)
	}
	s.ddmon(0, "plan", "--detailed-exitcode")

	// The other branch was planned earlier. Its plan is refused with the changed field and the time, and nothing is
	// written.
	s.shell(`git merge -q --no-ff -X theirs other && git push -q`)
	out := s.ddmon(1, "apply", in("other.json"))
	for _, want := range []string{"the plan is stale, nothing was changed", "was changed after the plan was made: priority (last changed 2026-03-02T12:00:00"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}

	// A new plan is applied, and the nightly check passes; the mute is not drift.
	s.ddmon(0, "apply", "--auto-approve")
	if out := s.ddmon(0, "drift"); !strings.Contains(out, "No drift.") || !strings.Contains(out, "mute") {
		t.Error(out)
	}
	// Then a monitor is edited at night.
	s.now = s.now.Add(time.Hour)
	s.edit("shipping-task is piling up", `{"message":"@slack-old"}`)
	summary := in("summary.md")
	s.with([]string{"DD_HOST=" + s.host, "DD_API_KEY=k", "DD_APP_KEY=k", "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY=" + summary}, 2, "drift")
	s.goldenFile("summary.md")
	s.golden("drift.txt", s.ddmon(2, "drift"))
}
