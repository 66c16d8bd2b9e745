package cli_test

import (
	"errors"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ddmon/internal/cli"
	"ddmon/internal/operation"
	"ddmon/internal/playback"
	"ddmon/internal/sandbox"
)

var update = flag.Bool("update", false, "rewrite what scripts and README expect from what comes out")

// repository is the path from this package to the repository.
const repository = "../.."

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ddmon": func() { os.Exit(cli.Main()) }})
}

// TestScripts runs every script in testdata/script. There is one folder for each command.
func TestScripts(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(repository, "testdata", "script", "*"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel() // as its scripts are: each has a folder, an environment and a server of its own
			testscript.Run(t, testscript.Params{
				Dir:                 dir,
				UpdateScripts:       *update,
				RequireUniqueNames:  true,
				RequireExplicitExec: true,
				Setup:               setup,
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"api": api, "serve": serve, "requests": requests, "exits": exits,
				},
			})
		})
	}
}

// served counts the requests to the server of serve.
type served struct{ count atomic.Int64 }

// servedKey is its key in a script's environment.
const servedKey = "served"

// setup removes the machine's keys and colour settings from the environment of a script, and sets $REPO to the
// repository.
func setup(env *testscript.Env) error {
	root, err := filepath.Abs(repository)
	if err != nil {
		return err
	}
	for _, name := range []string{"DD_API_KEY", "DD_APP_KEY", "DD_SITE", "DD_HOST", "DDMON_SANDBOX", "NO_COLOR"} {
		env.Setenv(name, "")
	}
	env.Setenv("REPO", root)
	env.Values[servedKey] = &served{}
	return nil
}

// exits runs a command that must end with an exit code: exits CODE COMMAND [ARG...].
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 || neg {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// api sends a request to the sandbox in .ddmon, like curl: api METHOD PATH [BODYFILE]. It writes the response to
// response.json. With "!", the response must be an error.
func api(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: api METHOD PATH [BODYFILE]")
	}
	body := ""
	if len(args) > 2 {
		body = ts.ReadFile(args[2])
	}
	// A process of another script can hold the file's lock from its fork until its exec.
	server, err := sandbox.Open(ts.MkAbs(".ddmon/sandbox.db"), sandbox.Options{Now: time.Now, LockWait: 10 * time.Second})
	ts.Check(err)
	defer server.Close()
	r := httptest.NewRequest(args[0], args[1], strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "script")
	r.Header.Set("DD-APPLICATION-KEY", "script")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	ts.Check(os.WriteFile(ts.MkAbs("response.json"), w.Body.Bytes(), 0o600))
	if (w.Code >= http.StatusBadRequest) != neg {
		ts.Fatalf("%s %s: %d %s", args[0], args[1], w.Code, w.Body)
	}
}

// serve starts a server and sets DD_HOST and keys: an empty sandbox, with an argument SCRIPT a sandbox with faults,
// with arguments STATUS BODY a server with a fixed response, with arguments recording DIR AT [SCRIPT] a sandbox that plays
// a recording, whose time does not pass.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	var handler http.Handler
	options := sandbox.Options{Now: time.Now}
	if len(args) >= 3 && args[0] == "recording" {
		played, diags, err := operation.LoadPlayback(args[1], args[2])
		ts.Check(err)
		if diags.HasErrors() {
			ts.Fatalf("%s", diags)
		}
		options.Telemetry, options.Now = played, playback.Clock(played.Start, 0, time.Now)
		args = args[3:]
	}
	if len(args) == 2 {
		code, err := strconv.Atoi(args[0])
		ts.Check(err)
		handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = w.Write([]byte(args[1]))
		})
	} else {
		if len(args) == 1 {
			faults, err := sandbox.ParseFaults([]byte(ts.ReadFile(args[0])))
			ts.Check(err)
			options.Faults = faults
		}
		box, err := sandbox.Open("", options)
		ts.Check(err)
		ts.Defer(func() { _ = box.Close() })
		handler = box
	}
	s := ts.Value(servedKey).(*served)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.count.Add(1)
		handler.ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Setenv("DD_HOST", server.URL)
	ts.Setenv("DD_API_KEY", "api-key-of-the-script")
	ts.Setenv("DD_APP_KEY", "app-key-of-the-script")
}

// requests checks the number of requests since the previous check: requests N.
func requests(ts *testscript.TestScript, _ bool, args []string) {
	got := ts.Value(servedKey).(*served).count.Swap(0)
	if len(args) != 1 || args[0] != strconv.FormatInt(got, 10) {
		ts.Fatalf("%d requests were made, want %v", got, args)
	}
}
