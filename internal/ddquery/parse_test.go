package ddquery

import (
	"errors"
	"strings"
	"testing"
)

func testAccept(t *testing.T, cases []accept, parse func(string) (Node, error)) {
	t.Helper()
	for _, tc := range cases {
		if err := checkRoundTrip(t, tc.query, parse); err != nil {
			t.Errorf("%q: %v", tc.query, err)
			continue
		}
		root, _ := parse(tc.query)
		if got := shape(root); got != tc.shape {
			t.Errorf("%q\n got %s\nwant %s", tc.query, got, tc.shape)
		}
	}
}

func TestParse(t *testing.T) {
	testAccept(t, monitorCases, parseMonitorNode(""))
	testAccept(t, metricCases, parseMetricNode)
	testAccept(t, formulaCases, parseFormulaNode)
	testAccept(t, searchCases, parseSearchNode)
}

func testReject(t *testing.T, tc reject, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%q: no error, want %s", tc.query, tc.code)
		return
	}
	if e.Code != tc.code || e.Offset != tc.offset || e.End != tc.end {
		t.Errorf("%q: got %s [%d,%d) %v, want %s [%d,%d)", tc.query, e.Code, e.Offset, e.End, e, tc.code, tc.offset, tc.end)
	}
}

func TestParseErrors(t *testing.T) {
	for _, tc := range monitorErrors {
		_, err := ParseMonitor(tc.monitorType, tc.query)
		testReject(t, tc, err)
	}
	for _, tc := range searchErrors {
		_, err := ParseSearch(tc.query)
		testReject(t, tc, err)
	}
}

func TestParseErrorHint(t *testing.T) {
	_, err := ParseMonitor("query alert", "max(last_15):avg:a{*} > 5")
	if want := "last_15 has no unit: write last_15m"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestParseDeepNesting(t *testing.T) {
	for _, unit := range []string{"(", "-", "abs("} {
		if _, err := ParseMetric(strings.Repeat(unit, 100_000)); err == nil {
			t.Errorf("100000 times %q parses", unit)
		}
	}
	if _, err := ParseSearch(strings.Repeat("-(", 100_000)); err == nil {
		t.Error("a search nested 100000 deep parses")
	}
	if _, errs := ParseTemplate(strings.Repeat("{{#is_alert}}", 1_000)); len(errs) != 1_000 {
		t.Errorf("1000 open blocks give %d errors", len(errs))
	}
}

func TestParseTemplate(t *testing.T) {
	for _, tc := range templateCases {
		root, errs := ParseTemplate(tc.message)
		if len(errs) > 0 {
			t.Errorf("%q: %v", tc.message, errs[0])
		}
		if got := shape(root); got != tc.shape {
			t.Errorf("%q\n got %s\nwant %s", tc.message, got, tc.shape)
		}
		if root.String() != tc.message {
			t.Errorf("%q prints as %q", tc.message, root.String())
		}
	}
	for _, tc := range templateErrors {
		root, errs := ParseTemplate(tc.message)
		if len(errs) != 1 || errs[0].Code != tc.code || errs[0].Offset != tc.offset || errs[0].End != tc.end {
			t.Errorf("%q: got %+v, want %s [%d,%d)", tc.message, errs, tc.code, tc.offset, tc.end)
		}
		if root.String() != tc.message {
			t.Errorf("%q prints as %q", tc.message, root.String())
		}
	}
}

// parseLog parses a log-style query.
func parseLog(t *testing.T, query string) *LogQuery {
	t.Helper()
	q, err := ParseMonitor("log alert", query)
	if err != nil {
		t.Fatal(err)
	}
	return q.Root.(*LogQuery)
}

func TestAccessors(t *testing.T) {
	const query = `logs("a").index("x").rollup("avg", "@d").by("@b, c","d").last("4h") > 2`
	q := parseLog(t, query)
	var keys []string
	for _, key := range q.By() {
		keys = append(keys, key.Name)
		if query[key.Pos():key.End()] != key.Name {
			t.Errorf("key %s is at %q", key.Name, query[key.Pos():key.End()])
		}
	}
	if got := strings.Join(keys, "|"); got != "@b|c|d" {
		t.Errorf("keys are %s", got)
	}
	if agg, measure := q.Rollup(); agg != "avg" || measure != "@d" {
		t.Errorf("rollup is %s of %s", agg, measure)
	}
	if got := q.Last().Duration().Hours(); got != 4 {
		t.Errorf("the window is %v hours", got)
	}
	if value, ok := q.Cmp.Value(); !ok || value != 2 {
		t.Errorf("compares with %v", value)
	}
	template, _ := ParseTemplate("@a {{#is_alert}}@b{{/is_alert}} @c-{{x.name}}")
	handles := template.Handles()
	if len(handles) != 3 || !handles[1].AdjacentTag || handles[0].AdjacentTag || len(handles[2].Vars) != 1 {
		t.Errorf("handles are %+v", handles)
	}
}

func TestOffsetsInEscapedString(t *testing.T) {
	const query = `logs("@a:\"x y\" service:web").last("5m") > 2`
	q := parseLog(t, query)
	var texts []string
	Walk(q.Search, func(n Node) bool {
		switch n.(type) {
		case *Phrase, *Field, *Term:
			texts = append(texts, query[n.Pos():n.End()])
		}
		return true
	})
	if got, want := strings.Join(texts, "|"), `@a|\"x y\"|service|web`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
