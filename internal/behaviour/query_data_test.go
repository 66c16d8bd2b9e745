package behaviour

import (
	"slices"
	"testing"

	"ddmon/internal/monitor"
)

func TestQueryData(t *testing.T) {
	variables := map[string]any{"variables": []any{
		map[string]any{"data_source": "metrics", "name": "a", "query": "sum:m{*}"},
		map[string]any{"data_source": "logs", "name": "b"},
	}}
	tests := []struct {
		typ, query  string
		options     map[string]any
		want        []string
		unsupported bool
	}{
		{typ: "query alert", query: "avg(last_5m):sum:a{x} / sum:b{y} + sum:a{z} > 1", want: []string{"a", "b"}},
		{typ: "log alert", query: `logs("x").index("*").rollup("count").last("5m") > 5`, want: []string{"logs"}},
		{typ: "event-v2 alert", query: `events("x").rollup("count").last("5m") > 5`, want: []string{"events"}},
		{typ: "service check", query: `"up".over("*").last(2).count_by_status()`, want: []string{"up"}},
		{typ: "query alert", query: `formula("a / b").last("5m") > 5`, options: variables, want: []string{"m", "logs"}},
		{typ: "rum alert", query: `rum("x").rollup("count").last("5m") > 5`, unsupported: true},
		{typ: "slo alert", query: `error_budget("abc").over("7d") > 75`, unsupported: true},
		{typ: "query alert", query: "avg(last_5m", unsupported: true},
		{typ: "composite", query: "1 && 2"},
	}
	for _, test := range tests {
		d := newQueryData(monitor.FromBody(map[string]any{"type": test.typ, "query": test.query, "options": test.options}), test.query)
		got := slices.Clone(d.metrics)
		if d.logs {
			got = append(got, "logs")
		}
		if d.events {
			got = append(got, "events")
		}
		if !slices.Equal(got, test.want) || d.unsupported != test.unsupported {
			t.Errorf("%s: %q, unsupported %t", test.query, got, d.unsupported)
		}
	}
}
