package replay_test

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/replay"
)

// groupHistories compares the histories of all groups, sorted by name.
func (e *evaluation) groupHistories(want []line) []failure {
	var failures []failure
	for i, l := range want {
		if l.word == "no" {
			if len(e.result.Groups) > 0 || len(want) > 1 {
				failures = append(failures, failure{l.number, "no groups", e.allHistories(0)})
			}
			continue
		}
		text := l.word + " " + l.rest
		if i >= len(e.result.Groups) {
			failures = append(failures, failure{l.number, text, "no such group"})
		} else if got := e.groupHistory(e.result.Groups[i], text); got != text {
			failures = append(failures, failure{l.number, text, got})
		}
	}
	if last := want[len(want)-1]; last.word != "no" && len(e.result.Groups) > len(want) {
		failures = append(failures, failure{last.number, "no other group", e.allHistories(len(want))})
	}
	return failures
}

func (e *evaluation) allHistories(from int) string {
	var list []string
	for _, g := range e.result.Groups[from:] {
		list = append(list, e.groupHistory(g, ""))
	}
	return strings.Join(list, "; ")
}

// groupHistory writes what a group goes through in the form that is expected: each transition with a time, or with its
// bounds over all seconds of the minute, and with a value in parentheses where one is expected.
func (e *evaluation) groupHistory(g replay.GroupResult, want string) string {
	_, after, _ := strings.Cut(want, "}")
	items := strings.Split(strings.TrimSpace(after), ", ")
	bounds := strings.Contains(want, "..")
	got := []string{"{" + g.Group + "} " + statusName(g.Initial)}
	for i, x := range g.Transitions {
		item := ""
		if i+1 < len(items) {
			item = items[i+1]
		}
		got = append(got, e.transition(x, item, bounds))
	}
	for _, x := range g.Elsewhere {
		got = append(got, "at some seconds "+e.transition(x, "", true))
	}
	return strings.Join(got, ", ")
}

func (e *evaluation) transition(x replay.Transition, want string, bounds bool) string {
	text := e.show(x.At)
	if bounds {
		text = e.show(x.Earliest) + ".." + e.show(x.Latest)
	}
	text += " " + statusName(x.To)
	if _, value, ok := strings.Cut(want, " ("); ok {
		text += " (" + shownValue(x.Value, x.HasValue, strings.TrimSuffix(value, ")")) + ")"
	}
	if x.Share < 1 {
		text += fmt.Sprintf(" at %g %% of the seconds", 100*x.Share)
	}
	return text
}

// notifications compares all notifications, in order of time.
func (e *evaluation) notifications(want []line) []failure {
	var failures []failure
	var got []string
	for i, n := range e.result.Notifications {
		from := i < len(want) && strings.Contains(want[i].rest, " from ")
		got = append(got, e.notification(n, from))
	}
	if want[0].word == "notifies" {
		if len(got) > 0 || len(want) > 1 {
			failures = append(failures, failure{want[0].number, "notifies no one", strings.Join(got, "; ")})
		}
		return failures
	}
	for i, l := range want {
		if i >= len(got) {
			failures = append(failures, failure{l.number, "notify " + l.rest, "no notification"})
		} else if text := strings.Join(strings.Fields(l.rest), " "); text != got[i] {
			failures = append(failures, failure{l.number, "notify " + text, "notify " + got[i]})
		}
	}
	if len(got) > len(want) {
		failures = append(failures, failure{want[len(want)-1].number, "no other notification", strings.Join(got[len(want):], "; ")})
	}
	return failures
}

func (e *evaluation) notification(n replay.Notification, from bool) string {
	words := []string{e.show(n.At), "{" + n.Group + "}", string(n.Kind)}
	if from {
		words = append(words, "from "+statusName(n.From))
	}
	return strings.Join(slices.Concat(words, n.Handles), " ")
}
