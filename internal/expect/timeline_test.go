package expect

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// TestTimeline draws what host b went through beside host a, and a queue that is in Warn before it is in Alert.
func TestTimeline(t *testing.T) {
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n  expect { silent = true }\n}\n")
	rec, diags := series.Load(stack.Tests[0].Recording)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	res := replayed(t, stack, rec, replay.Options{})
	want := map[string]string{
		"monitor.depth": `
 ...........................WAAAAAAAAA......................................
                          ^incident_start 10:20:00
                                 ^alarm 10:26:00
                                      ^incident_end 10:30:00
10:00:00                                                            11:00:00
A Alert   W Warn`,
		"monitor.hosts": ``,
		"monitor.gone":  ``,
	}
	for _, m := range res.Monitors {
		text, ok := want[m.Address]
		if !ok {
			continue
		}
		got := "\n" + Timeline(rec, m.Groups)
		if got != text {
			t.Errorf("%s:%s\nwant:%s", m.Address, got, text)
		}
		for line := range strings.Lines(got) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%d characters: %s", n, line)
			}
		}
	}
}
