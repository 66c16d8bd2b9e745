package expect

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// drawn draws the groups of a result.
func drawn(rec *series.Recording, groups []replay.GroupResult) string {
	var histories []groupHistory
	for i := range groups {
		histories = append(histories, groupHistory{&groups[i]})
	}
	return timeline(clock{rec}, histories)
}

// TestTimeline draws a queue that warns before it alerts, two groups, and data that ends.
func TestTimeline(t *testing.T) {
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n  expect { silent = true }\n}\n")
	rec, diags := series.Load(stack.Tests[0].Recording)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	res := replayed(t, stack, rec, replay.Options{})
	want := map[string]string{
		"monitor.depth": `
 ...........................waAAAAAAAAAA....................................
                         ^incident_start 10:20:00
                                ^alarm 10:26:00
                                      ^incident_end 10:30:00
10:00:00                                                            11:00:00
A Alert   W Warn   lowercase: depends on the second of evaluation`,
		"monitor.hosts": `
host:a  ....................................................................
host:b  ......................aAAAAAAAAAAAA.................................
                              ^incident_start 10:20:00
                                    ^alarm 10:26:00
                                         ^incident_end 10:30:00
       10:00:00                                                     11:00:00
A Alert   lowercase: depends on the second of evaluation`,
		"monitor.gone": `
 ..................................................NNNNNNNNNNNNNNNNNNNNNNNNN
                         ^incident_start 10:20:00
                                ^alarm 10:26:00
                                      ^incident_end 10:30:00
10:00:00                                                            11:00:00
N No Data`,
	}
	for _, m := range res.Monitors {
		if text, ok := want[m.Address]; ok {
			if got := "\n" + drawn(rec, m.Groups); got != text {
				t.Errorf("%s:%s\nwant:%s", m.Address, got, text)
			}
		}
	}
}

// TestTimelineFits: no line is too long, whatever the names and positions of groups and phases.
func TestTimelineFits(t *testing.T) {
	rec := hour()
	rec.Phases = append([]series.Phase{{Name: strings.Repeat("first", 20), At: rec.Start}}, rec.Phases...)
	rec.Phases = append(rec.Phases, series.Phase{Name: strings.Repeat("ü", 100), At: rec.End}, series.Phase{Name: "end", At: rec.End})
	var groups []replay.GroupResult
	for i := range 8 {
		groups = append(groups, replay.GroupResult{Group: fmt.Sprintf("queue:%d-%s", i, strings.Repeat("ä", i*10)), Initial: replay.OK})
	}
	groups[2].Initial = replay.Gone
	for n := range groups {
		text := drawn(rec, groups[:n])
		for _, line := range strings.Split(text, "\n") {
			if count := utf8.RuneCountInString(line); count > timelineWidth {
				t.Errorf("%d characters: %s", count, line)
			}
		}
		if n > 0 != (strings.Count(text, "incident_start 10:20:00") == 1 && strings.Count(text, "^end 11:00:00")+strings.Count(text, "end 11:00:00^") == 1) {
			t.Errorf("phases of %d groups:\n%s", n, text)
		}
		if n > timelineRows != strings.Contains(text, fmt.Sprintf("and %d more groups", n-timelineRows)) {
			t.Errorf("rows of %d groups:\n%s", n, text)
		}
	}
}
