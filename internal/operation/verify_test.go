package operation_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/guide"
	"ddmon/internal/operation"
)

const (
	beforeIncident = "2025-11-09T14:16:59Z"
	duringIncident = "2025-11-09T14:22:00Z"
	afterIncident  = "2025-11-09T14:40:00Z"
)

// recordedShop returns the sock shop with a copy of incident-5 whose files a function rewrites; nil leaves them as they
// are.
func recordedShop(t *testing.T, rewrite func(name, text string) string) (*operation.Workspace, string) {
	t.Helper()
	repository := ddtest.Repository(t)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(repository, "testdata", "incident-5"))); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "logs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, filepath.Join(dir, "recording.hcl")) {
		text, err := os.ReadFile(name)
		if err == nil && rewrite != nil {
			err = os.WriteFile(name, []byte(rewrite(filepath.Base(name), string(text))), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return &operation.Workspace{Dir: repository}, dir
}

func verify(t *testing.T, w *operation.Workspace, o operation.VerifyOptions) *guide.Result {
	t.Helper()
	stack, diags := w.Load(t.Context())
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	done, diags, err := w.VerifyRecording(t.Context(), stack, o)
	if err != nil || done == nil {
		t.Fatal(diags, err)
	}
	return done.Result
}

// renamedServices gives the services the names that they have in the account of the report's author.
func renamedServices(name, text string) string {
	if name != "recording.hcl" {
		return text
	}
	for _, service := range []string{"queue-master", "shipping", "orders", "kubernetes"} {
		text = strings.ReplaceAll(text, `service    = "`+service+`"`, `service    = "sock-shop-`+service+`"`)
	}
	return strings.ReplaceAll(text, "attributes = { pod_name", "attributes = { unused")
}

// noEventLogs is renamedServices without the Kubernetes events among the logs, as in that account.
func noEventLogs(name, text string) string {
	if name == "kubernetes.jsonl" {
		return ""
	}
	return withoutEventNames(renamedServices(name, text))
}

func withoutEventNames(text string) string { return strings.ReplaceAll(text, `"evt"`, `"other"`) }

// deadPipeline removes all logs from the start of the incident on.
func deadPipeline(name, text string) string {
	if name == "recording.hcl" {
		return text
	}
	var kept []string
	for line := range strings.Lines(text) {
		if line < `{"timestamp": "2025-11-09T14:12` {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// TestGuideOfTheIncident: before and after the incident all is well, and during it the guide concludes what the incident
// report says, from evidence that begins with the incident.
func TestGuideOfTheIncident(t *testing.T) {
	w, recording := recordedShop(t, nil)
	for at, want := range map[string]guide.Outcome{beforeIncident: guide.Healthy, duringIncident: guide.Findings, afterIncident: guide.Healthy} {
		r := verify(t, w, operation.VerifyOptions{Guide: "consumer-failure", Recording: recording, At: at})
		if r.Outcome != want {
			t.Errorf("at %s: %s because of %v", at, r.Outcome, r.Preventing)
		}
		for i := range r.Steps {
			if s := &r.Steps[i]; s.Verdict == guide.Failed && (s.Onset.IsZero() || s.OutsideIncident) {
				t.Errorf("at %s: step %s began to fail at %s", at, s.Step.Name, s.Onset)
			}
		}
	}
}

// TestGuideInTheField: with other names of services, or without logs, every step about logs is unknown and says why. The
// conclusion still holds because of the metrics, and a guide of the report's log queries alone cannot tell.
func TestGuideInTheField(t *testing.T) {
	for _, c := range []struct {
		name    string
		rewrite func(name, text string) string
		guide   string
		reason  string
		outcome guide.Outcome
	}{
		{"services renamed", noEventLogs, "as_documented", "sock-shop-", guide.CouldNotTell},
		{"dead pipeline", deadPipeline, "as_documented", "Probe logs has no hits", guide.CouldNotTell},
		{"dead pipeline, all signals", deadPipeline, "consumer-failure", "Probe logs has no hits", guide.Findings},
	} {
		w, recording := recordedShop(t, c.rewrite)
		r := verify(t, w, operation.VerifyOptions{Guide: c.guide, Recording: recording, At: duringIncident})
		if r.Outcome != c.outcome {
			t.Errorf("%s: %s, %v", c.name, r.Outcome, r.Concludes())
		}
		for i := range r.Steps {
			s := &r.Steps[i]
			if s.Step.Question.Product != guide.Logs {
				continue
			}
			if s.Verdict != guide.Unknown || !strings.Contains(s.Reason, c.reason) && !strings.Contains(s.Reason, "use events instead of logs") {
				t.Errorf("%s: step %s is %s: %s", c.name, s.Step.Name, s.Verdict, s.Reason)
			}
			for _, conclusion := range r.Conclusions {
				if slices.ContainsFunc(conclusion.Onsets, func(o guide.Onset) bool { return o.Step == s.Step.Name }) {
					t.Errorf("%s: step %s is unknown, and evidence of %s", c.name, s.Step.Name, conclusion.Conclusion.Name)
				}
			}
		}
	}
	// The steps that do not depend on the names of services work in the field.
	w, recording := recordedShop(t, renamedServices)
	if r := verify(t, w, operation.VerifyOptions{Guide: "consumer-failure", Recording: recording, At: duringIncident}); r.Outcome != guide.Findings || r.Step("consumer_logs").Verdict != guide.Failed {
		t.Errorf("with other names of services: %s, %v", r.Outcome, r.Concludes())
	}
}

// TestRecovery: each signal of the recovery guide reports how long after the remediation it was ok.
func TestRecovery(t *testing.T) {
	w, recording := recordedShop(t, nil)
	r := verify(t, w, operation.VerifyOptions{Guide: "recovery", Recording: recording, At: "incident_end+3m"})
	got := map[string]string{}
	for i := range r.Steps {
		got[r.Steps[i].Step.Name] = r.Steps[i].Restored.Round(1e9).String()
	}
	want := map[string]string{"replicas": "7s", "consumers": "7s", "depth": "47s", "consumer_logs": "6s"}
	for name, d := range want {
		if got[name] != d {
			t.Errorf("%s after %s, want %s", name, got[name], d)
		}
	}
}

func TestVerifyErrors(t *testing.T) {
	w, recording := recordedShop(t, nil)
	stack, _ := w.Load(t.Context())
	for _, c := range []struct {
		options operation.VerifyOptions
		want    string
	}{
		{operation.VerifyOptions{Guide: "recovry", Recording: recording}, `no guide "recovry". Did you mean "recovery"?`},
		{operation.VerifyOptions{Guide: "recovery", Recording: recording, At: "soon?"}, `invalid --at "soon?"`},
		{operation.VerifyOptions{Guide: "recovery", Recording: recording, Remediated: "no_phase"}, `has no phase "no_phase"`},
	} {
		_, _, err := w.VerifyRecording(t.Context(), stack, c.options)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %s, got %v", c.want, err)
		}
	}
	if done, diags, err := w.VerifyRecording(t.Context(), stack, operation.VerifyOptions{Guide: "recovery", Recording: "nowhere"}); done != nil || err != nil || !diags.HasErrors() {
		t.Errorf("a recording that does not exist: %v, %v", diags, err)
	}
}
