package expect

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// TestCompare compares the expect blocks of testdata/comparisons.txtar with the recording. Each block is followed by
// all of its comparisons.
func TestCompare(t *testing.T) {
	asGolden(t, "comparisons.txtar", ".comparisons", func(t *testing.T, text string) string {
		var lines []string
		for _, c := range comparisonsOf(t, text) {
			line := describe([]Comparison{c})
			for _, m := range c.Margins {
				line += "\n  margin:   " + m.Attribute + " " + m.String()
				if m.IsNarrow() {
					line += " (narrow)"
				}
			}
			if !c.Holds {
				line += "\n  FAILS"
			}
			if c.Holds && c.Timeline != "" {
				t.Errorf("%s: a timeline %q", line, c.Timeline)
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	})
}

func comparisonsOf(t testing.TB, expects string) []Comparison {
	t.Helper()
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n"+expects+"\n}\n")
	outcomes := Run(stack.Tests, series.Load, Options{Replay: replay.Options{Values: true}})
	if len(outcomes) != 1 || outcomes[0].Result == nil {
		t.Fatalf("%+v", outcomes)
	}
	return outcomes[0].Comparisons
}

// TestEachAttributeIsCompared: in a test that passes, every attribute that expects something has a comparison.
func TestEachAttributeIsCompared(t *testing.T) {
	stack := loaded(t, everything(t))
	passed := 0
	for _, o := range Run(stack.Tests, series.Load, Options{}) {
		if !o.Passed() {
			continue
		}
		passed++
		for _, e := range o.Test.Expects {
			for _, attribute := range expecting(&e) {
				if !slices.ContainsFunc(o.Comparisons, func(c Comparison) bool { return c.Attribute == attribute && c.Range == e.Ranges[attribute] }) {
					t.Errorf("%s: no comparison of %s", o.Test.Name, attribute)
				}
			}
		}
	}
	if passed < 20 {
		t.Errorf("only %d tests pass", passed)
	}
}

// expecting returns the attributes of a block that expect something by themselves.
func expecting(e *testfile.Expect) (names []string) {
	for name := range e.Ranges {
		switch name {
		case "group", "after", "recovered_after", "within", "not_before":
		case "status":
			if e.At == nil {
				names = append(names, name)
			}
		case "silent":
			if e.Silent {
				names = append(names, name)
			}
		default:
			names = append(names, name)
		}
	}
	return names
}

func TestMargin(t *testing.T) {
	for _, c := range []struct {
		margin Margin
		want   string
	}{
		{Margin{"within", time.Second, 7 * time.Minute}, "1s of 7m left true"},
		{Margin{"within", 42 * time.Second, 7 * time.Minute}, "42s of 7m left false"},
		{Margin{"within", 41 * time.Second, 7 * time.Minute}, "41s of 7m left true"},
		{Margin{"within", 0, 7 * time.Minute}, "0s of 7m left true"},
		{Margin{"within", -time.Minute, 7 * time.Minute}, "1m later than 7m true"},
		{Margin{"recovers_within", time.Minute, 2 * time.Minute}, "1m of 2m left false"},
		{Margin{"not_before", time.Second, 2 * time.Minute}, "1s later than 2m false"},
		{Margin{"not_before", -time.Second, 2 * time.Minute}, "1s earlier than 2m false"},
	} {
		if got := fmt.Sprint(c.margin, " ", c.margin.IsNarrow()); got != c.want {
			t.Errorf("%+v is %q, not %q", c.margin, got, c.want)
		}
	}
}
