package monitorcheck

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/monitor"
)

// monitorOf returns a recorded monitor.
func monitorOf(t *testing.T, body map[string]any) *monitor.Monitor {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	m, err := monitor.FromJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// createdBefore2022 reports whether a recorded monitor is from the time when Datadog accepted a service check without
// groups. It has rejected them since January 2022.
func createdBefore2022(r ddtest.Recording) bool {
	return slices.ContainsFunc(ddtest.Objects(r.Response), func(o map[string]any) bool {
		created, _ := o["created"].(string)
		return created != "" && created < "2022"
	})
}

func TestCorpusMonitors(t *testing.T) {
	counts := map[string]int{}
	warnings := map[string]int{}
	for _, r := range ddtest.Corpus(t, "api/monitors", "api/history", "shipped/monitors") {
		if r.Status != 200 {
			continue
		}
		bodies := append(ddtest.Objects(r.Response), ddtest.Objects(r.Prior)...)
		if r.Op == "create" || r.Op == "validate" || r.Op == "validate-existing" {
			bodies = append(bodies, ddtest.Objects(r.Request)...)
		}
		for _, body := range bodies {
			query, _ := body["query"].(string)
			monitorType, _ := body["type"].(string)
			if query == "" || monitorType == "" {
				continue
			}
			counts[monitorType]++
			for _, p := range Check(monitorOf(t, body)) {
				if p.Code == "missing_by" && createdBefore2022(r) {
					continue
				}
				if p.Severity == SeverityError {
					t.Errorf("%s: %s %q: %s (%s %d-%d)", r.File, monitorType, query, p.Message, p.Field, p.Offset, p.End)
					counts["with errors"]++
				} else {
					warnings[p.Code]++
				}
			}
		}
	}
	t.Logf("monitors by type: %v", counts)
	t.Logf("warnings: %v", warnings)
	if counts["query alert"] == 0 || counts["log alert"] == 0 {
		t.Error("the corpus has no monitors: is DDMON_CORPUS set correctly?")
	}
}

// causedByQuery reports whether a recorded error was caused by the query, thresholds or options of a monitor. Other
// errors depend on the account (duplicates, limits, IDs, permissions, existing facets) or on the request (a missing
// type or ID, a changed type).
func causedByQuery(text string) bool {
	return strings.HasPrefix(text, serverQuery) && !strings.Contains(text, "monitor_ids")
}

func TestCorpusRefusals(t *testing.T) {
	rejected, passed := 0, map[string]int{}
	for _, r := range ddtest.Corpus(t, "api/errors", "api/history") {
		var answer struct{ Errors []string }
		if r.Status != 400 || json.Unmarshal(r.Response, &answer) != nil || !strings.HasPrefix(r.Op, "validate") && r.Op != "create" {
			continue
		}
		for _, body := range ddtest.Objects(r.Request) {
			if _, ok := body["query"].(string); !ok {
				continue
			}
			problems := Check(monitorOf(t, body))
			says := func(p Problem) bool {
				return p.Severity == SeverityError && p.ServerError == answer.Errors[0] && p.Field == "query" && p.End > p.Offset
			}
			switch {
			case causedByQuery(answer.Errors[0]):
				rejected++
				if !slices.ContainsFunc(problems, says) {
					t.Errorf("%s: %q was rejected with %q, got %+v", r.File, body["query"], answer.Errors[0], problems)
				}
			default:
				text, _, _ := strings.Cut(answer.Errors[0], " monitor_id")
				passed[text]++
			}
		}
	}
	t.Logf("rejected as recorded: %d; rejected for other reasons: %v", rejected, passed)
	if rejected == 0 {
		t.Error("the corpus has no rejected requests: is DDMON_CORPUS set correctly?")
	}
}
