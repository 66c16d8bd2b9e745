package ddquery

import (
	"errors"
	"strings"
	"testing"
)

// long are patterns for queries of any length: head, repeated parts and tail.
var long = map[string]struct{ typ, head, part, tail string }{
	"sum":        {"query alert", "avg(last_5m):", "avg:a{*} + ", "avg:a{*} > 1"},
	"minuses":    {"query alert", "avg(last_5m):", "-", "avg:a{*} > 1"},
	"brackets":   {"query alert", "avg(last_5m):", "(", "avg:a{*} > 1"},
	"calls":      {"query alert", "avg(last_5m):", "abs(", "avg:a{*} > 1"},
	"scope":      {"query alert", "avg(last_5m):avg:a{", "a:b,", "a:c} > 1"},
	"scope or":   {"query alert", "avg(last_5m):avg:a{", "a:b OR ", "a:c} > 1"},
	"scope not":  {"query alert", "avg(last_5m):avg:a{", "!", "a:c} > 1"},
	"spaces":     {"query alert", "avg(last_5m):avg:a{*} >", " ", "1"},
	"methods":    {"query alert", "avg(last_5m):avg:a{*}", ".as_count()", " > 1"},
	"search":     {"log alert", `logs("`, "x OR ", `y").index("*").rollup("count").last("5m") > 1`},
	"escapes":    {"log alert", `logs("`, `\\ x `, `y").index("*").rollup("count").last("5m") > 1`},
	"ranges":     {"log alert", `logs("`, `[\"x `, `y").index("*").rollup("count").last("5m") > 1`},
	"composite":  {"composite", "", "1 && ", "2"},
	"composite!": {"composite", "", "!", "2"},
	"mixed":      {"composite", "", "1 && 2 || ", "2"},
	"formula":    {"query alert", `formula("`, "q + ", `q").last("5m") > 1`},
	"check":      {"service check", `"a".over(`, `"k:v",`, `"k:w").last(2).count_by_status()`},
}

// TestLongQueries: a query over the maximum length is rejected without parsing, and a query of the maximum length is
// parsed.
func TestLongQueries(t *testing.T) {
	for name, test := range long {
		t.Run(name, func(t *testing.T) {
			fits := strings.Repeat(test.part, (MaxQuery-len(test.head)-len(test.tail))/len(test.part))
			if _, err := ParseMonitor(test.typ, test.head+fits+test.tail); isTooLong(err) {
				t.Errorf("a query of the maximum length is rejected: %v", err)
			}
			_, err := ParseMonitor(test.typ, test.head+fits+strings.Repeat(test.part, 100_000)+test.tail)
			var e *Error
			if !errors.As(err, &e) || e.Code != "too_long" || e.Offset != 0 || e.End != 0 {
				t.Errorf("got %v, want too_long at the start", err)
			}
		})
	}
	tooLong := strings.Repeat("a", MaxQuery+1)
	_, metric := ParseMetric(tooLong)
	_, formula := ParseFormula(tooLong)
	_, search := ParseSearch(tooLong)
	for name, err := range map[string]error{"metric": metric, "formula": formula, "search": search} {
		var e *Error
		if !errors.As(err, &e) || e.Code != "too_long" {
			t.Errorf("%s: got %v, want too_long", name, err)
		}
	}
}

// isTooLong reports whether a query was rejected because of its length.
func isTooLong(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == "too_long"
}

// TestOffsetsWithEscapes: escapes before and after a node of a search do not change its offset.
func TestOffsetsWithEscapes(t *testing.T) {
	const query = `logs("\"a\" service:web \"b\" x").index("*").rollup("count").last("5m") > 1`
	q, err := ParseMonitor("log alert", query)
	if err != nil {
		t.Fatal(err)
	}
	Walk(q.Root, func(n Node) bool {
		if f, ok := n.(*Field); ok && query[f.From:f.To] != "service" {
			t.Errorf("the field is at %q", query[f.From:f.To])
		}
		return true
	})
}
