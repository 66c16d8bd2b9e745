package cli_test

import (
	"archive/tar"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

// ours is the repository that the examples are copied to, source the repository of ddmon.
const (
	ours   = "shop/monitors"
	source = "your-organisation/ddmon"
)

// forge is a repository on disk with its pull requests, a Datadog, and as much of the APIs of GitHub and GitLab as the
// examples use.
type forge struct {
	t        *testing.T
	origin   string   // the bare repository
	work     string   // an author's clone
	ddmon    string   // a repository that stands for ddmon's
	built    string   // the program under test
	api      string   // the address of handler
	env      []string // of everything that runs
	datadog  *datadog
	mu       sync.Mutex // of what follows, which handler uses
	comments []comment
	calls    []string // that changed a comment, such as "POST comment"
	pulls    []*pull
	runs     []workflowRun
	kept     map[string][]byte // files of artifacts, by run, name and path
	left     func(dir string)  // puts into a workspace what an earlier run left there; nil leaves it empty
}

type comment struct {
	ID     int            `json:"id"`
	Body   string         `json:"body"`
	User   map[string]any `json:"user"`   // as GitHub says who wrote it
	Author map[string]any `json:"author"` // as GitLab does
}

type pull struct {
	Number int               `json:"number"`
	Commit string            `json:"merge_commit_sha"`
	Head   map[string]string `json:"head"`
	branch string
}

type workflowRun struct {
	ID         int               `json:"id"`
	Number     int               `json:"run_number"`
	Event      string            `json:"event"`
	Conclusion string            `json:"conclusion"`
	Head       string            `json:"head_sha"`
	Repository map[string]string `json:"head_repository"`
}

// newForge pushes a copy of the root stack to a new repository and applies it.
func newForge(t *testing.T, built string) *forge {
	t.Helper()
	dir := t.TempDir()
	f := &forge{
		t: t, kept: make(map[string][]byte), comments: []comment{}, datadog: newDatadog(t),
		origin: filepath.Join(dir, "origin"), work: filepath.Join(dir, "work"), ddmon: filepath.Join(dir, "ddmon"),
		built: filepath.Join(built, "ddmon"),
	}
	server := httptest.NewServer(f.handler())
	t.Cleanup(server.Close)
	f.api = server.URL
	stubs := filepath.Join(dir, "stubs")
	f.env = []string{
		"PATH=" + stubs + ":" + os.Getenv("PATH"), "HOME=" + dir, "TMPDIR=" + dir, "FORGE=" + f.api,
		"BUILT=" + f.built, "DD_HOST=" + f.datadog.url, "CI=true", "GIT_CONFIG_NOSYSTEM=1", "GIT_TEMPLATE_DIR=",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com",
	}
	for name, script := range map[string]string{"gh": stubGh, "go": stubGo, "apt-get": "#!/bin/sh\n"} {
		f.write(filepath.Join(stubs, name), script, 0o700)
	}
	f.write(filepath.Join(f.ddmon, "go.mod"), "module ddmon\n", 0o600)
	f.git(f.ddmon, "init", "-q", "-b", "main")
	f.git(f.ddmon, "add", ".")
	f.git(f.ddmon, "commit", "-qm", "ddmon")
	f.git(f.ddmon, "tag", "v0.2.0")

	f.git(dir, "init", "-q", "--bare", "-b", "main", f.origin)
	f.git(dir, "clone", "-q", f.origin, f.work)
	copyStack(t, repository, f.work)
	f.push("main")
	f.mustApply()
	return f
}

// stubGo replaces go when the examples build ddmon.
const stubGo = `#!/usr/bin/env bash
set -eu
[ "$1" = build ] && shift
if [ "$1" = -C ]; then
  cd "$2" && shift 2
fi
[ "$1 $3" = "-o ." ] && grep -qx "module ddmon" go.mod
mkdir -p "$(dirname "$2")"
ln -sf "$BUILT" "$2"
`

// stubGh replaces gh and sends its requests to forge.handler.
const stubGh = `#!/usr/bin/env bash
set -eo pipefail
[ "$GH_TOKEN" = token-of-the-run ]
if [ "$1 $2 $4 $6 $8" = "run download --repo --name --dir" ]; then
  mkdir -p "$9"
  curl -sSf "$FORGE/artifacts/$3/$7" | tar -x -C "$9"
  exit
fi
[ "$1" = api ]
shift
with=()
while [ $# -gt 0 ]; do
  case $1 in
  --paginate) shift ;;
  --silent) with+=(-o /dev/null) && shift ;;
  --method) with+=(-X "$2") && shift 2 ;;
  --field) with+=(--data-urlencode "${2/=@/@}") && shift 2 ;;
  -*) echo "gh: $1?" >&2 && exit 1 ;;
  *) with+=("$FORGE/$1") && shift ;;
  esac
done
exec curl -sSf "${with[@]}"
`

func (f *forge) handler() http.Handler {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		if err := json.NewEncoder(w).Encode(v); err != nil {
			f.t.Error(err)
		}
	}
	list := func(w http.ResponseWriter, _ *http.Request) { answer(w, f.comments) }
	add := func(w http.ResponseWriter, r *http.Request) {
		f.calls = append(f.calls, "POST comment")
		f.comments = append(f.comments, comment{
			ID: len(f.comments) + 1, Body: r.FormValue("body"),
			User: map[string]any{"login": "github-actions[bot]"}, Author: map[string]any{"id": 7},
		})
	}
	change := func(_ http.ResponseWriter, r *http.Request) {
		f.calls = append(f.calls, r.Method+" comment "+r.PathValue("id"))
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil {
			f.t.Error(err)
			return
		}
		f.comments[id-1].Body = r.FormValue("body")
	}
	mux.HandleFunc("GET /repos/"+ours+"/issues/{number}/comments", list)
	mux.HandleFunc("POST /repos/"+ours+"/issues/{number}/comments", add)
	mux.HandleFunc("PATCH /repos/"+ours+"/issues/comments/{id}", change)
	// GitHub names the pull requests of a commit, and also those that merely contain it.
	mux.HandleFunc("GET /repos/"+ours+"/commits/{sha}/pulls", func(w http.ResponseWriter, _ *http.Request) { answer(w, f.pulls) })
	mux.HandleFunc("GET /repos/"+ours+"/actions/workflows/plan.yml/runs", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"workflow_runs": f.runs})
	})
	mux.HandleFunc("GET /artifacts/{run}/{name}", func(w http.ResponseWriter, r *http.Request) {
		packed, err := f.artifact(r.PathValue("run") + "/" + r.PathValue("name") + "/")
		if err != nil {
			http.Error(w, err.Error(), http.StatusGone)
			return
		}
		_, _ = w.Write(packed)
	})
	const notes = "/api/v4/projects/1/merge_requests/3/notes"
	mux.HandleFunc("GET "+notes, list)
	mux.HandleFunc("POST "+notes, add)
	mux.HandleFunc("PUT "+notes+"/{id}", change)
	mux.HandleFunc("GET /api/v4/user", func(w http.ResponseWriter, _ *http.Request) { answer(w, map[string]any{"id": 7}) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/v4/") && r.Header.Get("PRIVATE-TOKEN") != f.datadog.noteToken {
			http.Error(w, "no token", http.StatusUnauthorized)
			return
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		mux.ServeHTTP(w, r)
	})
}

// artifact packs the files of an artifact.
func (f *forge) artifact(prefix string) ([]byte, error) {
	var packed bytes.Buffer
	w := tar.NewWriter(&packed)
	for path, body := range f.kept {
		name, ok := strings.CutPrefix(path, prefix)
		if !ok {
			continue
		}
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o700, Size: int64(len(body))}); err != nil {
			return nil, err
		}
		if _, err := w.Write(body); err != nil {
			return nil, err
		}
	}
	if packed.Len() == 0 {
		return nil, errors.New("expired")
	}
	err := w.Close()
	return packed.Bytes(), err
}

// newest returns the comment that was created last.
func (f *forge) newest() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.comments) == 0 {
		return ""
	}
	return f.comments[len(f.comments)-1].Body
}

// changed returns the requests for comments since the previous call.
func (f *forge) changed() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	calls := strings.Join(f.calls, ", ")
	f.calls = nil
	return calls
}

func (f *forge) write(path, text string, mode os.FileMode) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forge) read(path string) string {
	f.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(text)
}

func (f *forge) git(dir string, args ...string) string {
	f.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = dir, f.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		f.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// push commits what the author has and pushes it.
func (f *forge) push(branch string) string {
	f.t.Helper()
	f.git(f.work, "add", "--all")
	f.git(f.work, "commit", "-qm", "change "+branch)
	f.git(f.work, "push", "-q", "origin", "HEAD:"+branch)
	return f.git(f.work, "rev-parse", "HEAD")
}

// edit replaces text in a file of the author's clone.
func (f *forge) edit(file, before, after string) {
	f.t.Helper()
	path := filepath.Join(f.work, file)
	text := f.read(path)
	if !strings.Contains(text, before) {
		f.t.Fatalf("no %q in %s", before, file)
	}
	f.write(path, strings.Replace(text, before, after, 1), 0o600)
}

// open opens a pull request with a change.
func (f *forge) open(branch string, change func()) *pull {
	f.t.Helper()
	f.git(f.work, "checkout", "-q", "-B", branch, "origin/main")
	p := &pull{Number: 3 + len(f.pulls), branch: branch}
	f.pulls = append(f.pulls, p)
	f.amend(p, change)
	return p
}

// amend pushes another commit to a pull request.
func (f *forge) amend(p *pull, change func()) {
	f.t.Helper()
	change()
	p.Head = map[string]string{"sha": f.push(p.branch)}
}

// merge merges a pull request into main.
func (f *forge) merge(p *pull) {
	f.t.Helper()
	f.git(f.work, "fetch", "-q")
	f.git(f.work, "checkout", "-q", "-B", "main", "origin/main")
	f.git(f.work, "merge", "-q", "--no-ff", "-m", "merge", "origin/"+p.branch)
	f.git(f.work, "push", "-q", "origin", "main")
	p.Commit = f.git(f.work, "rev-parse", "main")
	f.git(f.work, "fetch", "-q")
}

// mustApply applies the author's files.
func (f *forge) mustApply() {
	f.t.Helper()
	if code, out := f.ddmonHere("apply", "--auto-approve"); code != 0 {
		f.t.Fatalf("apply: %s", out)
	}
}

// ddmonHere runs ddmon on the author's files with keys that have all permissions.
func (f *forge) ddmonHere(args ...string) (int, string) {
	f.t.Helper()
	cmd := exec.Command(f.built, args...)
	cmd.Dir, cmd.Env = f.work, append(f.env, "DD_API_KEY="+f.datadog.apiKey, "DD_APP_KEY="+f.datadog.writeKey)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		f.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// datadog is a sandbox that counts requests, and has a read-only key.
type datadog struct {
	url                                  string
	box                                  http.Handler
	apiKey, readKey, writeKey, noteToken string
	requests, writes                     atomic.Int64
}

func newDatadog(t *testing.T) *datadog {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	d := &datadog{box: box, apiKey: rand.Text(), readKey: rand.Text(), writeKey: rand.Text(), noteToken: rand.Text()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.requests.Add(1)
		app := r.Header.Get("DD-APPLICATION-KEY")
		writes := r.Method != http.MethodGet && !strings.HasSuffix(r.URL.Path, "/validate")
		if writes {
			d.writes.Add(1)
		}
		if r.Header.Get("DD-API-KEY") != d.apiKey || app != d.writeKey && (writes || app != d.readKey) {
			t.Errorf("%s %s with the wrong keys", r.Method, r.URL)
		}
		box.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		server.Close()
		_ = box.Close()
	})
	d.url = server.URL
	return d
}

// reset resets the counters.
func (d *datadog) reset() {
	d.requests.Store(0)
	d.writes.Store(0)
}

// path returns the path of the monitor with a name, or "".
func (d *datadog) path(t *testing.T, name string) string {
	t.Helper()
	var all []struct {
		ID   int64
		Name string
	}
	if err := json.Unmarshal(d.ask(t, http.MethodGet, "/api/v1/monitor", ""), &all); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Name == name {
			return fmt.Sprintf("/api/v1/monitor/%d", m.ID)
		}
	}
	return ""
}

// ask sends a request like a user of Datadog's web application.
func (d *datadog) ask(t *testing.T, method, path, body string) []byte {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "person")
	r.Header.Set("DD-APPLICATION-KEY", "person")
	w := httptest.NewRecorder()
	d.box.ServeHTTP(w, r)
	if w.Code >= http.StatusBadRequest {
		t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Body.Bytes()
}
