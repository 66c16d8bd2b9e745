package guide

import (
	"strings"
	"testing"
)

// declaring is a source that declares absences by product, metric and tags.
type declaring struct {
	*fake
	why map[string]string
}

func (d *declaring) WhyAbsent(p Product, metric string, tags []string) string {
	return d.why[strings.Join(append([]string{string(p), metric}, tags...), " ")]
}

// TestDeclared: a step without data that the recording declares absent says why, and suspects neither its query nor the
// pipeline.
func TestDeclared(t *testing.T) {
	why := map[string]string{
		"logs  service:a":            "There were no logs.",
		"events  source:b host:c":    "There was no cluster",
		"metric a.b x:1":             "There were no containers.",
		"metric a.c":                 "The other metric.",
		"logs  service:d service:e":  "Not both.",
		"events ":                    "Not all.",
		"logs  service:queue-master": "Not read.",
	}
	for query, test := range map[string]struct {
		product Product
		want    string // "" if the step suspects its query
	}{
		"service:a":                          {Logs, "There were no logs."},
		"service:a error":                    {Logs, "There were no logs."},
		"service:a -status:info":             {Logs, "There were no logs."},
		"service:a (service:d OR service:e)": {Logs, "There were no logs."},
		"service:d OR service:e":             {Logs, ""},
		"service:b":                          {Logs, ""},
		"source:b host:c":                    {Events, "There was no cluster."},
		"source:b":                           {Events, ""},
		"sum:a.b{x:1} by {y}":                {Metric, "There were no containers."},
		"sum:a.b{x:2}":                       {Metric, ""},
		"sum:a.x{x:1} / sum:a.c{*}":          {Metric, "The other metric."},
	} {
		g := silentGuide(Expectation{Present: true})
		g.Steps[0].Question = Question{Product: test.product, Query: query}
		at := &declaring{&fake{}, why}
		r := runSources(t, g, at, at.fake, &fake{values: map[string][]string{"* service": {"f"}}}).Steps[0]
		if r.Verdict != Unknown {
			t.Errorf("%s: %s", query, r.Verdict)
		}
		declared := len(r.Causes) == 1 && r.Causes[0].Name == NotRecorded && r.Hint == "" &&
			strings.Contains(r.Reason, "The recording does not have this data. "+test.want)
		if declared != (test.want != "") || !declared && strings.Contains(r.Reason, "does not have") {
			t.Errorf("%s: %s (%v)", query, r.Reason, r.Causes)
		}
	}
}

// TestDeclaredProbe: a probe without data that the recording declares absent does not suspect the pipeline.
func TestDeclaredProbe(t *testing.T) {
	control := &fake{lines: map[string]int{consumerQuery: 10}, points: map[string][]float64{trafficQuery: {5}}}
	now := &fake{points: map[string][]float64{trafficQuery: {5}}}
	for why, want := range map[string]string{
		"There was no cluster.": "Probe p has no hits. The recording does not have this data. There was no cluster.",
		"":                      "the pipeline is down or delayed",
	} {
		at := &declaring{now, map[string]string{"logs  " + probeQuery: why}}
		if s := runSources(t, silentGuide(Expectation{Present: true}), at, now, control).Steps[0]; s.Verdict != Unknown || !strings.Contains(s.Reason, want) {
			t.Errorf("%q: %s (%s)", why, s.Verdict, s.Reason)
		}
	}
}

// TestDeclaredEvidence: if everything else that makes an answer empty is excluded, the absence is evidence, declared or
// not.
func TestDeclaredEvidence(t *testing.T) {
	control := &fake{lines: map[string]int{consumerQuery: 10}, points: map[string][]float64{trafficQuery: {5}}}
	now := &fake{lines: map[string]int{probeQuery: 10}, points: map[string][]float64{trafficQuery: {5}}}
	at := &declaring{now, map[string]string{"logs  " + consumerQuery: "It had no pod."}}
	if s := runSources(t, silentGuide(Expectation{Present: true}), at, now, control).Steps[0]; s.Verdict != Failed || len(s.Causes) < 3 {
		t.Errorf("%s (%v)", s.Verdict, s.Causes)
	}
}
