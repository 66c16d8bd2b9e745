package operation_test

import (
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/expect"
	"ddmon/internal/guide"
	"ddmon/internal/guide/live"
	answers "ddmon/internal/guide/recorded"
	"ddmon/internal/operation"
	"ddmon/internal/playback"
	"ddmon/internal/sandbox"
	"ddmon/internal/series"
)

// played returns a client of a sandbox that plays a recording, at its end.
func played(t *testing.T, rec *series.Recording) *ddapi.Client {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: func() time.Time { return time.UnixMilli(rec.End) }, Telemetry: playback.New(rec)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	t.Cleanup(server.Close)
	client, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// times are the times at which guides run on a recording: soon after each phase, and its end.
func times(rec *series.Recording) []time.Time {
	var all []time.Time
	for _, p := range rec.Phases {
		all = append(all, time.UnixMilli(p.At).Add(90*time.Second), time.UnixMilli(p.At).Add(5*time.Minute))
	}
	return append(all, time.UnixMilli(rec.End))
}

// TestVerifySandbox: every guide has the same verdicts on every recording and on the sandbox that serves it, and every
// question is one request.
func TestVerifySandbox(t *testing.T) {
	repository := ddtest.Repository(t)
	w := &operation.Workspace{Dir: repository}
	stack, diags := w.Load(t.Context())
	if diags.HasErrors() || len(stack.Guides) == 0 {
		t.Fatal(diags)
	}
	files, err := filepath.Glob(filepath.Join(repository, "testdata", "*", "recording.hcl"))
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	monitors := expect.Monitors(stack.Objects)
	sources := map[string]guide.Source{}
	clients := map[string]*ddapi.Client{}
	sourceOf := func(rec *series.Recording) guide.Source {
		if sources[rec.Name] == nil {
			clients[rec.Name] = played(t, rec)
			sources[rec.Name] = live.New(clients[rec.Name], nil, rec.Location)
		}
		return sources[rec.Name]
	}
	requests := func() (n int) {
		for _, c := range clients {
			n += c.Requests()
		}
		return n
	}
	seen := map[guide.Verdict]int{}
	for _, file := range files {
		rec := recordingtest.Load(t, filepath.Dir(file))
		for _, g := range stack.Guides {
			for _, at := range times(rec) {
				if at.UnixMilli() > rec.End {
					continue
				}
				want, diags, err := answers.Run(t.Context(), g, rec, monitors, guide.Options{At: at.In(rec.Location)}, w.Recording)
				if err != nil || want == nil {
					t.Fatal(diags, err)
				}
				got, diags, err := answers.RunOn(t.Context(), g, rec, sourceOf, guide.Options{At: at.In(rec.Location), Requests: requests}, w.Recording)
				if err != nil || got == nil {
					t.Fatal(diags, err)
				}
				if got.Outcome != want.Outcome {
					t.Errorf("%s on %s at %s: %s, want %s", g.Name, rec.Name, at, got.Outcome, want.Outcome)
				}
				for i := range want.Steps {
					a, b := &want.Steps[i], &got.Steps[i]
					seen[a.Verdict]++
					if a.Verdict != b.Verdict || !a.Onset.Equal(b.Onset) {
						t.Errorf("%s on %s at %s: step %s is %s since %s (%s), want %s since %s (%s)", g.Name, rec.Name, at, a.Step.Name, b.Verdict, b.Onset, b.Reason, a.Verdict, a.Onset, a.Reason)
					}
					if b.Requests < 1 && len(b.Causes) == 0 || b.Requests > 20 || a.Verdict != guide.Unknown && a.Requests != b.Requests {
						t.Errorf("%s on %s at %s: step %s made %d requests, %d questions", g.Name, rec.Name, at, a.Step.Name, b.Requests, a.Requests)
					}
				}
			}
		}
	}
	if seen[guide.OK] == 0 || seen[guide.Failed] == 0 || seen[guide.Unknown] == 0 {
		t.Errorf("verdicts: %v", seen)
	}
}
