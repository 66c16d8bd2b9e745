package lint

import (
	"strings"
	"testing"
)

// testTable is a table as command gen writes it.
const testTable metricTable = `# Generated
ntp.offset g
postgresql.connections g
postgresql.connections_by_process g
postgresql.deadlocks c 60
postgresql.rows r
shared.metric -
`

// TestFindMetric: every line of a table is found by its name, and similar names are not found.
func TestFindMetric(t *testing.T) {
	for _, table := range []metricTable{testTable, integrationTable} {
		before := ""
		for _, line := range strings.Split(strings.TrimSuffix(string(table), "\n"), "\n")[1:] {
			name, rest, _ := strings.Cut(line, " ")
			if name <= before {
				t.Fatalf("%s is after %s", name, before)
			}
			before = name
			m, ok := table.find(name)
			letter, interval, _ := strings.Cut(rest, " ")
			if !ok || m.Name != name || m.Type != typeOf(letter) || (m.Type == "") != (letter == "-") {
				t.Errorf("%q gives %+v", line, m)
			}
			if m.Interval < 10 || interval == "" && m.Interval != agentInterval {
				t.Errorf("%q gives the interval %d", line, m.Interval)
			}
			for _, other := range []string{name + "x", name[:len(name)-1] + "~", "~" + name, "A" + name} {
				if _, ok := table.find(other); ok {
					t.Errorf("%s is found", other)
				}
			}
		}
		for _, name := range []string{"", "a", "zz", "~"} {
			if m, ok := table.find(name); ok {
				t.Errorf("%q gives %+v", name, m)
			}
		}
	}
	if m, _ := testTable.find("postgresql.deadlocks"); m.Type != "count" || m.Interval != 60 {
		t.Errorf("%+v", m)
	}
}

// TestIntegrationMetrics: rules use the metrics of the table.
func TestIntegrationMetrics(t *testing.T) {
	for query, want := range map[string][]string{
		"sum(last_5m):sum:postgresql.connections{*} > 5":                        {`warning sum_gauge query "sum"`},
		"avg(last_5m):avg:postgresql.connections{*}.as_count() > 5":             {`warning as_count_gauge query ".as_count()"`},
		"avg(last_5m):avg:postgresql.conections{*} > 5":                         {`warning metric_misspelled query "postgresql.conections"`},
		"sum(last_1m):sum:postgresql.deadlocks{*}.as_count() > 5":               {`warning window_interval query "last_1m"`},
		"avg(last_5m):avg:postgresql.connections{*} > 5":                        nil,
		"sum(last_5m):sum:shared.metric{*} > 5":                                 nil,
		"avg(last_5m):avg:ntp.offset{*} >= 0":                                   nil, // can be negative
		"sum(last_5m):sum:rabbitmq.queue.consumers{*} > 5":                      {`warning sum_gauge query "sum"`},
		"max(last_5m):max:kubernetes.memory.usage_pct{*} > 90":                  {`warning threshold_impossible query "> 90"`},
		"avg(last_5m):avg:own.temperature{*} >= 0":                              nil,
		"avg(last_5m):avg:rabbitmq.queue.messages{*} >= 0":                      {`warning threshold_impossible query ">= 0"`},
		"avg(last_5m):avg:postgresql.rows{*} + avg:postgresql.deadlocks{*} > 5": nil,
	} {
		in := inputOf(stack{"monitor.a": monitorOf(query)}.objects(t))
		in.Metrics = DefaultMetrics()
		in.Metrics.table = testTable
		in.Metrics.Add(Metric{Name: "own.temperature", Type: "gauge"})
		wantFindings(t, Lint(in), want...)
	}
}

// TestTypesAgree: metrics.txt does not contradict the table.
func TestTypesAgree(t *testing.T) {
	for name, variants := range DefaultMetrics().variants {
		m, ok := integrationTable.find(name)
		for _, v := range variants {
			if ok && m.Type != "" && v.Type != m.Type {
				t.Errorf("%s is a %s in metrics.txt and a %s in the integration's file", name, v.Type, m.Type)
			}
		}
	}
}
