package replay

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
)

// TestMonitorExceedsLimit: a replay that exceeds a limit fails with an error that names the limit and the monitor.
func TestMonitorExceedsLimit(t *testing.T) {
	month := "start = \"2025-01-01T00:00:00Z\"\nend = \"2025-01-30T00:00:00Z\"\n"
	tags := func(n int, keys ...string) string {
		var list []string
		for _, key := range keys {
			for i := range n {
				list = append(list, fmt.Sprintf("%s:%d", key, i))
			}
		}
		return strings.Join(list, " ")
	}
	var many strings.Builder
	for i := range 1000 {
		many.WriteString(recordingtest.Gauge("m", fmt.Sprintf("h:%d", i), "1x100000"))
	}
	terms := "avg(last_5m):" + strings.Repeat("avg:m{*} by {h} + ", 1000) + "1 > 5"
	logs := func(attribute string) map[string]string {
		var b strings.Builder
		for i := range 20_000 {
			fmt.Fprintf(&b, `{"timestamp":"+%ds","message":"x",%s}`+"\n", i, fmt.Sprintf(attribute, i))
		}
		return map[string]string{"l": b.String()}
	}
	for name, test := range map[string]struct {
		text  string
		files map[string]string
		m     Monitor
		limit string
	}{
		"many series":     {month[:len(month)-1] + "\n" + strings.ReplaceAll(many.String(), "1x100000", "1x5000"), nil, query("avg(last_5m):avg:m{*} by {h} > 5"), "MaxMonitorMemory"},
		"groups":          {recordingtest.Gauge("m", tags(9, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), "1x240"), nil, query("avg(last_5m):avg:m{*} by {a,b,c,d,e,f,g,h,i,j} > 5"), "MaxMonitorMemory"},
		"small buckets":   {month + recordingtest.Gauge("m", "h:1", "1x167000"), nil, query("avg(last_4h):moving_rollup(avg:m{*}.rollup(avg, 1), 86400, 'avg') > 5"), "MaxMonitorSteps"},
		"terms":           {month + recordingtest.Gauge("m", "h:1", "1x167000"), nil, query(terms), "MaxMonitorMemory"},
		"groups of logs":  {month + "logs \"l\" {}\n", logs(`"tags":["k:%d",` + strings.TrimSuffix(strings.ReplaceAll(`"`+tags(20, "a", "b", "c", "d")+`",`, " ", `","`), ",") + `]`), monitorOf("log alert", `logs("*").index("*").rollup("count").by("a,b,c,d").last("5m") > 1`), "MaxMonitorMemory"},
		"different texts": {month + "logs \"l\" {}\n", logs(`"attributes":{"a":%d}`), monitorOf("log alert", `logs("*").index("*").rollup("cardinality", "@a").last("4h") > 100000`), "MaxMonitorSteps"},
		"long search":     {month + "logs \"l\" {}\n", logs(`"attributes":{"a":%d}`), monitorOf("log alert", `logs("`+strings.Repeat("y OR ", 5000)+`z").index("*").rollup("count").last("5m") > 1`), "MaxMonitorSteps"},
		"messages":        {month + recordingtest.Gauge("m", "h:1", "9x167000"), nil, long(query("max(last_5m):avg:m{*} > 1", "renotify_interval", 1., "renotify_occurrences", 1e9, "renotify_statuses", []any{"alert"})), "MaxMonitor"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Run([]Monitor{test.m}, recordingtest.New(t, test.text, test.files), Options{})
			var passed *LimitError
			if test.limit == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !errors.As(err, &passed) || passed.Address != test.m.Address || !strings.HasPrefix(passed.Limit, test.limit) {
				t.Errorf("got %v, want %s", err, test.limit)
			}
		})
	}
}

// long sets a long message.
func long(m Monitor) Monitor {
	m.Body["message"] = strings.Repeat("{{h.name}} ", 20_000)
	return m
}

// TestReplayIsInterrupted: a replay ends with the error of its context when that is done.
func TestReplayIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rec := recordingtest.New(t, recordingtest.Gauge("m", "h:1", "1x240"), nil)
	if _, err := Run([]Monitor{query("avg(last_5m):avg:m{*} > 5")}, rec, Options{Context: ctx}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}
