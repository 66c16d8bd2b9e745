package replay

import (
	"strings"
	"testing"
	"time"

	"ddmon/internal/series"
)

// query returns a metric monitor; options are keys and values.
func query(q string, options ...any) Monitor { return monitorOf("query alert", q, options...) }

func monitorOf(typ, q string, options ...any) Monitor {
	o := map[string]any{}
	for i := 0; i < len(options); i += 2 {
		o[options[i].(string)] = options[i+1]
	}
	body := map[string]any{"type": typ, "query": q, "name": "n", "message": "m @x", "options": o}
	return Monitor{Address: "monitor.m", ID: "1", Body: body}
}

// replayed runs one monitor and returns its result.
func replayed(t testing.TB, rec *series.Recording, m Monitor, o Options) MonitorResult {
	t.Helper()
	r, err := Run([]Monitor{m}, rec, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Monitors[0]
}

// history formats a group's transitions: "00:05:00 Alert, 00:09:00 OK".
func history(list []Transition) string {
	var parts []string
	for _, t := range list {
		parts = append(parts, t.At.UTC().Format(time.TimeOnly)+" "+t.To.String())
	}
	return strings.Join(parts, ", ")
}

// only returns the only group of an evaluated monitor.
func only(t testing.TB, m MonitorResult) GroupResult {
	t.Helper()
	if !m.Evaluated || len(m.Groups) != 1 {
		t.Fatalf("want one group, got %+v", m)
	}
	return m.Groups[0]
}
