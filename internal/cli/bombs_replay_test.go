package cli_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const bombHeader = "note = \"n\"\nstart = \"2025-11-01T00:00:00Z\"\nend = \"2025-11-30T00:00:00Z\"\ninterval = \"15s\"\n"

func bombSeries(tags, values string) string {
	return "series \"m\" {\n  type = \"gauge\"\n  tags = [" + tags + "]\n  values = \"" + values + "\"\n}\n"
}

func bombMonitor(query string) string {
	return "monitor \"m\" {\n  name = \"m\"\n  type = \"query alert\"\n  query = " + query + "\n  message = \"@slack-x\"\n}\n"
}

const bombTest = "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.m\" { never = \"Alert\" }\n}\n"

// TestBombsInReplay: a small recording and a query that together would take hours, or more memory than there is, end
// with an error at the monitor or at the test that names the recording.
func TestBombsInReplay(t *testing.T) {
	var tags []string
	for _, key := range strings.Fields("a b c d e f g h i j") {
		for i := range 9 {
			tags = append(tags, fmt.Sprintf("%q", key+":"+strconv.Itoa(i)))
		}
	}
	for name, test := range map[string]struct{ rec, query string }{
		"groups":        {bombSeries(strings.Join(tags, ","), "1x1000"), `"avg(last_5m):avg:m{*} by {a,b,c,d,e,f,g,h,i,j} > 1"`},
		"small buckets": {bombSeries("", "1x160000"), `"avg(last_4h):moving_rollup(avg:m{*}.rollup(avg, 1), 86400, 'avg') > 1"`},
		"terms":         {bombSeries(`"h:1"`, "1x160000"), `join("", ["avg(last_5m):", join("+", [for i in range(900) : "avg:m{*}"]), " > 1"])`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, map[string]string{
				"stack.hcl": "stack \"s\" {}\n", "a.hcl": bombMonitor(test.query), "a.test.hcl": bombTest, "rec/recording.hcl": bombHeader + test.rec,
			})
			for command, place := range map[string]string{"replay rec": `a\.hcl:1:1\b`, "test": `a\.test\.hcl:2:\d+`} {
				output, code := limited(t, dir, strings.Fields(command)...)
				if code != 1 || strings.Contains(output, "goroutine") || !strings.Contains(output, "[limit]") || !regexp.MustCompile(place).MatchString(output) {
					t.Errorf("%s: exit code %d, want 1 and a limit at %s:\n%.2000s", command, code, place, output)
				}
			}
			if output, code := limited(t, dir, "plan", "--sandbox"); code != 0 || strings.Contains(output, "goroutine") {
				t.Errorf("plan: exit code %d, want 0: a recording must not fail a plan\n%.2000s", code, output)
			}
		})
	}
}

// TestBombsInQueries: a query or a message that is too long is the same error at its location in every command that
// loads it.
func TestBombsInQueries(t *testing.T) {
	repeated := func(head, part, tail string) string {
		return fmt.Sprintf(`join("", [%q, join("", [for i in range(1000) : join("", [for j in range(100) : %q])]), %q])`, head, part, tail)
	}
	query := `"avg(last_5m):avg:m{*} > 1"`
	for name, test := range map[string]struct{ kind, query, message string }{
		"sum":       {"query alert", repeated("avg(last_5m):", "avg:m{*} + ", "1 > 1"), `"@slack-x"`},
		"scope":     {"query alert", repeated("avg(last_5m):avg:m{", "a:b,", "a:c} > 1"), `"@slack-x"`},
		"search":    {"log alert", repeated(`logs("`, "x OR ", `y").index("*").rollup("count").last("5m") > 1`), `"@slack-x"`},
		"composite": {"composite", repeated("", "1 && ", "2"), `"@slack-x"`},
		"tags":      {"query alert", query, repeated("", "{{value}}", "")},
		"blocks":    {"query alert", query, repeated("", "{{#is_alert}}", "")},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, map[string]string{
				"stack.hcl": "stack \"s\" {}\n", "a.test.hcl": bombTest, "rec/recording.hcl": bombHeader + bombSeries("", "1x100"), "base/stack.hcl": "stack \"s\" {}\n",
				"a.hcl": fmt.Sprintf("monitor \"m\" {\n  name = \"m\"\n  type = %q\n  query = %s\n  message = %s\n}\n", test.kind, test.query, test.message),
			})
			commands := []string{"validate", "lint", "plan --sandbox", "test", "replay rec", "render", "explain monitor.m", "diff --base ./base"}
			if testing.Short() {
				commands = commands[:1]
			}
			for _, command := range commands {
				output, code := limited(t, dir, strings.Fields(command)...)
				if code != 1 || strings.Contains(output, "goroutine") || !strings.Contains(output, "[limit]") || !place.MatchString(output) {
					t.Errorf("%s: exit code %d, want 1 and a limit with its place:\n%.2000s", command, code, output)
				}
			}
		})
	}
}

// TestLongestQueries: a query just below the limit can have a thousand errors and is checked all the same.
func TestLongestQueries(t *testing.T) {
	repeated := func(part string, n int) string { return strings.Repeat(part, n/len(part)) }
	for name, test := range map[string]struct{ kind, query, message string }{
		"composite": {"composite", repeated("1 && 2 || ", 65_000) + "3", "@slack-x"},
		"sum":       {"query alert", "avg(last_5m):" + repeated("avg:m{} + ", 40_000) + "1 > 1", "@slack-x"},
		"blocks":    {"query alert", "avg(last_5m):avg:m{*} > 1", repeated("{{#is_alert}}", 260_000)},
		"variables": {"query alert", "avg(last_5m):avg:m{*} > 1", repeated("{{x.name}}", 260_000)},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, map[string]string{
				"stack.hcl": "stack \"s\" {}\n",
				"a.hcl":     fmt.Sprintf("monitor \"m\" {\n  name = \"m\"\n  type = %q\n  query = %q\n  message = %q\n}\n", test.kind, test.query, test.message),
			})
			output, code := limited(t, dir, "validate")
			if code > 1 || strings.Contains(output, "goroutine") || !place.MatchString(output) {
				t.Errorf("exit code %d, want the error with its location:\n%.2000s", code, output)
			}
			if lines := strings.Count(output, "\n"); lines > 7000 {
				t.Errorf("%d lines are too many to read", lines)
			}
		})
	}
}
