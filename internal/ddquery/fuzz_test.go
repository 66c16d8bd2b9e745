package ddquery

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// compact removes white space, the only thing that Print can change.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && isSpace(byte(r)) {
			return -1
		}
		return r
	}, s)
}

// checkOffsets fails unless every node is inside the source and inside its parent.
func checkOffsets(t *testing.T, src string, root Node) {
	t.Helper()
	var visit func(parent, n Node)
	visit = func(parent, n Node) {
		if n.Pos() < 0 || n.End() < n.Pos() || n.End() > len(src) {
			t.Fatalf("%T [%d,%d) is outside %q", n, n.Pos(), n.End(), src)
		}
		if parent != nil && (n.Pos() < parent.Pos() || n.End() > parent.End()) {
			t.Fatalf("%T [%d,%d) is outside its parent %T [%d,%d) in %q", n, n.Pos(), n.End(), parent, parent.Pos(), parent.End(), src)
		}
		walkQuery(n, func(child Node) { visit(n, child) })
	}
	visit(nil, root)
}

// checkError fails unless an error is an *Error with a position inside the source, a code and a message.
func checkError(t *testing.T, src string, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%q: error is a %T", src, err)
	}
	if e.Offset < 0 || e.End < e.Offset || e.End > len(src) {
		t.Fatalf("%q: error position [%d,%d) is outside the source: %v", src, e.Offset, e.End, e)
	}
	if e.Code == "" || e.Message == "" {
		t.Fatalf("%q: error without code or message: %+v", src, e)
	}
}

// checkRoundTrip parses src and checks that offsets are inside the source, that printing only changes white space, and
// that printing twice gives the same result. It returns the parse error.
func checkRoundTrip(t *testing.T, src string, parse func(string) (Node, error)) error {
	t.Helper()
	root, err := parse(src)
	if err != nil {
		checkError(t, src, err)
		return err
	}
	checkOffsets(t, src, root)
	printed := Print(root)
	if len(printed) > MaxQuery {
		return nil // too long to be parsed again after adding spaces
	}
	if compact(printed) != compact(src) {
		t.Fatalf("printing changed more than white space:\n%q\n%q", src, printed)
	}
	again, err := parse(printed)
	if err != nil {
		t.Fatalf("%q prints as %q, which does not parse: %v", src, printed, err)
	}
	if second := Print(again); second != printed {
		t.Fatalf("printing twice gives different results:\n%q\n%q\n%q", src, printed, second)
	}
	if a, b := shape(root), shape(again); a != b {
		t.Fatalf("%q prints as %q, which has another meaning:\n%s\n%s", src, printed, a, b)
	}
	return nil
}

func parseMonitorNode(monitorType string) func(string) (Node, error) {
	return func(s string) (Node, error) {
		q, err := ParseMonitor(monitorType, s)
		if err != nil {
			return nil, err
		}
		return q.Root, nil
	}
}

func parseMetricNode(s string) (Node, error) { return nodeOf(ParseMetric(s)) }

func parseFormulaNode(s string) (Node, error) { return nodeOf(ParseFormula(s)) }

func parseSearchNode(s string) (Node, error) { return nodeOf(ParseSearch(s)) }

// nodeOf keeps a nil pointer from becoming a Node.
func nodeOf[N Node](n N, err error) (Node, error) {
	if err != nil {
		return nil, err
	}
	return n, nil
}

func FuzzMonitor(f *testing.F) {
	for _, tc := range monitorCases {
		f.Add(tc.query)
	}
	for _, tc := range monitorErrors {
		f.Add(tc.query)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, monitorType := range []string{"query alert", "composite", "log alert"} {
			checkRoundTrip(t, src, parseMonitorNode(monitorType))
		}
	})
}

func FuzzMetric(f *testing.F) {
	for _, tc := range slices.Concat(metricCases, formulaCases) {
		f.Add(tc.query)
	}
	f.Fuzz(func(t *testing.T, src string) {
		checkRoundTrip(t, src, parseMetricNode)
		checkRoundTrip(t, src, parseFormulaNode)
	})
}

func FuzzSearch(f *testing.F) {
	for _, tc := range searchCases {
		f.Add(tc.query)
	}
	for _, tc := range searchErrors {
		f.Add(tc.query)
	}
	f.Fuzz(func(t *testing.T, src string) {
		checkRoundTrip(t, src, parseSearchNode)
	})
}

func FuzzTemplate(f *testing.F) {
	for _, tc := range templateCases {
		f.Add(tc.message)
	}
	for _, tc := range templateErrors {
		f.Add(tc.message)
	}
	f.Fuzz(func(t *testing.T, src string) {
		root, errs := ParseTemplate(src)
		for _, err := range errs {
			checkError(t, src, err)
		}
		checkOffsets(t, src, root)
		if printed := root.String(); printed != src {
			t.Fatalf("printing changed the message:\n%q\n%q", src, printed)
		}
	})
}
