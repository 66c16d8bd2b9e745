package expect

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// operatorCase is a mutant and two tests: quiet also passes with the mutant, loud detects it. series are the values of the metric m, or whole series blocks.
type operatorCase struct {
	field, from, to string
	monitor         string // attributes that replace the defaults
	quiet, loud     trial
}

type trial struct{ series, expect string }

const (
	depth    = `query = "max(last_2m):sum:m{*} > 5"`
	alerts   = `status = "Alert"`
	stays    = `never = "Alert"`
	cluster  = "type = \"service check\"\nquery = \"\\\"up\\\".over(\\\"*\\\").by(\\\"*\\\").last(1).pct_by_status()\"\noptions {\nthresholds {\ncritical = 50\n}\n}"
	everyone = "message = \"@a @b\"\n"
)

// operatorCases has at least one case for each field that operators change. Samples are 20 s apart, for an hour.
var operatorCases = []operatorCase{
	{"critical", "5", "6", depth, trial{"0x30 9x150", alerts}, trial{"0x30 6x150", alerts}},
	{"critical", "5", "4", depth, trial{"0x30 9x150", alerts}, trial{"5x180", stays}},
	{"warning", "3", "4", depth + "\noptions {\nthresholds {\nwarning = 3\n}\n}", trial{"0x30 9x150", alerts}, trial{"0x30 4x150", "status = \"Warn\""}},
	{"critical_recovery", "2", "none", depth + "\noptions {\nthresholds {\ncritical_recovery = 2\n}\n}",
		trial{"0x30 9x50 0x100", alerts}, trial{"0x30 9x50 4x100", `status = "Alert"` + "\nat = \"10:50:00\""}},
	{"warning_recovery", "1", "none", depth + "\noptions {\nthresholds {\nwarning = 3\nwarning_recovery = 1\n}\n}",
		trial{"0x30 4x150", `status = "Warn"`}, trial{"0x30 4x50 2x100", `status = "Warn"` + "\nat = \"10:50:00\""}},
	{"shift", "last_5m", "last_10m", `query = "change(max(last_1m),last_5m):sum:m{*} > 5"`, trial{"0x180", stays},
		trial{"0x30 9x150", "status = \"OK\"\nat = \"10:19:00\""}},
	{"window", "last_2m", "last_4m", depth, trial{"0x30 9x150", alerts}, trial{"0x30 9x30 0x120", "recovers_within = \"3m\""}},
	{"comparison", "> 5", "never", depth, trial{"0x180", stays}, trial{"0x30 9x150", alerts}},
	{"aggregator", "max", "min", depth, trial{"0x30 9x150", alerts}, trial{"0x30 9x1 0x149", alerts}},
	{"aggregator", "max", "avg", depth, trial{"0x30 9x150", alerts}, trial{"0x30 9x1 0x149", alerts}},
	{"aggregator", "min", "max", `query = "min(last_2m):sum:m{*} > 5"`, trial{"0x180", stays}, trial{"0x30 9x2 0x148", stays}},
	{"comparator", ">", ">=", depth, trial{"0x30 9x150", alerts}, trial{"5x180", stays}},
	{"comparator", ">=", ">", `query = "max(last_2m):sum:m{*} >= 5"`, trial{"0x30 9x150", alerts}, trial{"0x30 5x150", alerts}},
	{"filter", "queue:mail", "none", `query = "max(last_2m):sum:m{queue:mail} > 5"`,
		trial{tagged("queue:mail", "0x30 9x150"), alerts}, trial{tagged("queue:mail", "0x180") + tagged("queue:x", "9x180"), stays}},
	{"by", "host", "none", `query = "max(last_2m):max:m{*} by {host} > 5"`,
		trial{tagged("host:a", "0x30 9x150"), alerts}, trial{tagged("host:a", "0x180") + tagged("host:b", "0x30 9x150"), alerts + "\ngroup = { host = \"b\" }"}},
	{"on_missing_data", "show_and_notify_no_data", "default", depth + "\noptions {\non_missing_data = \"show_and_notify_no_data\"\n}",
		trial{"0x30 9x150", alerts}, trial{"0x60", "status = \"No Data\"\nnotifies = [\"@a\"]"}},
	{"on_missing_data", "show_and_notify_no_data", "resolve", depth + "\noptions {\non_missing_data = \"show_and_notify_no_data\"\n}",
		trial{"0x30 9x150", alerts}, trial{"0x60", "status = \"No Data\"\nnotifies = [\"@a\"]"}},
	{"notify_no_data", "true", "false", depth + "\noptions {\nnotify_no_data = true\n}",
		trial{"0x30 9x150", alerts}, trial{"0x60", "status = \"No Data\"\nnotifies = [\"@a\"]"}},
	{"renotify_interval", "10", "none", depth + "\noptions {\nrenotify_interval = 10\n}",
		trial{"0x30 9x150", alerts}, trial{"0x30 9x150", "renotifies = 4"}},
	{"renotify_interval", "10", "5", depth + "\noptions {\nrenotify_interval = 10\n}",
		trial{"0x30 9x150", alerts}, trial{"0x30 9x150", "renotifies = 4"}},
	{"critical", "50", "60", cluster, trial{runs("a", "0x10 2x170") + runs("b", "0x10 2x170"), alerts},
		trial{runs("a", "0x10 2x170") + runs("b", "0x10 2x170") + runs("c", "0x180") + runs("d", "0x180") + runs("e", "0x10 2x170"), alerts}},
	{"comparison", "percentage of checks", "never", cluster, trial{runs("a", "0x180"), stays}, trial{runs("a", "0x10 2x170"), alerts}},
	{"handle", "@b", "none", depth + "\n" + everyone, trial{"0x30 9x150", alerts + "\nnotifies = [\"@a\"]"}, trial{"0x30 9x150", alerts + "\nnotifies = [\"@a\", \"@b\"]"}},
	{"condition", "{{#is_alert}}", "none", depth + "\nmessage = \"@a {{#is_alert}}@b{{/is_alert}}\"",
		trial{"0x30 9x150", alerts + "\nnotifies = [\"@b\"]"}, trial{"0x30 9x50 0x100", "status = \"OK\"\nat = \"10:50:00\"\nnotifies_only = [\"@a\"]"}},
}

func tagged(tag, values string) string {
	return fmt.Sprintf("series \"m\" {\n  type = \"gauge\"\n  tags = [%q]\n  values = %q\n}\n", tag, values)
}

func runs(host, values string) string {
	return fmt.Sprintf("series \"up\" {\n  type = \"service_check\"\n  tags = [\"host:%s\"]\n  values = %q\n}\n", host, values)
}

const operatorRecording = `note = "made up"
start    = "2025-11-09T10:00:00Z"
end      = "2025-11-09T11:00:00Z"
interval = "20s"
phases {
  incident_start = "10:10:00"
  incident_end   = "10:20:00"
}
`

// verdictOf returns the verdict of a mutant with one test.
func verdictOf(t *testing.T, c operatorCase, with trial) Mutant {
	t.Helper()
	block := with.series
	if !strings.Contains(block, "series ") {
		block = fmt.Sprintf("series \"m\" {\n  type = \"gauge\"\n  values = %q\n}\n", with.series)
	}
	monitor := c.monitor
	if !strings.Contains(monitor, "message") {
		monitor += "\nmessage = \"@a\""
	}
	if !strings.Contains(monitor, "type = ") {
		monitor += "\ntype = \"query alert\""
	}
	dir := ddtest.Folder(t, map[string]string{
		"stack.hcl":         "stack \"s\" {}\nmonitor \"m\" {\n  name = \"m\"\n" + monitor + "\n}\n",
		"a.test.hcl":        "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.m\" {\n" + with.expect + "\n  }\n}\n",
		"rec/recording.hcl": operatorRecording + block,
	})
	stack := mustLoad(t, dir)
	stack.Tests[0].Recording = filepath.Join(dir, "rec")
	outcomes := Run(stack.Tests, series.Load, Options{})
	if !outcomes[0].Passed() {
		t.Fatalf("the test fails without the mutant: %s %v", describe(outcomes[0].Failures()), outcomes[0].Err)
	}
	var seen []string
	for _, m := range Mutate(stack.Objects, outcomes, Options{Replay: replay.Options{}}) {
		if m.Field == c.field && m.From == c.from && m.To == c.to {
			return m
		}
		seen = append(seen, m.Field+" "+m.From+" -> "+m.To)
	}
	t.Fatalf("no such mutant in %s", strings.Join(seen, ", "))
	return Mutant{}
}

// TestOperators: each operator makes mutants that one recording detects and another does not.
func TestOperators(t *testing.T) {
	for _, c := range operatorCases {
		t.Run(strings.Join([]string{c.field, c.from, c.to}, " "), func(t *testing.T) {
			if m := verdictOf(t, c, c.quiet); !m.Gap() || m.Hint == "" || !slices.Contains(Effects(), m.Effect) {
				t.Errorf("quiet: %+v", m)
			}
			if m := verdictOf(t, c, c.loud); m.Verdict != Detected || m.Hint != "" {
				t.Errorf("loud: %+v", m)
			}
		})
	}
}

// TestOperatorsHaveCases: every field that mutants change has a case above, or in TestBooleanOperators.
func TestOperatorsHaveCases(t *testing.T) {
	tested := map[string]bool{"operator": true, "negation": true}
	for _, c := range operatorCases {
		tested[c.field] = true
	}
	asGolden(t, "mutants.txtar", ".mutants", func(t *testing.T, text string) string {
		got := mutantsIn(t, text)
		for line := range strings.SplitSeq(got, "\n") {
			if field, _, _ := strings.Cut(line, " "); field != "" && !tested[field] {
				t.Errorf("no case of %s", field)
			}
		}
		return got
	})
}

// TestBooleanOperators: a composite whose members always alert together does not show which operator it has.
func TestBooleanOperators(t *testing.T) {
	const config = `stack "s" {}
monitor "a" {
  name = "a"
  type = "query alert"
  query = "max(last_2m):sum:m{queue:a} > 5"
  message = "x"
}
monitor "b" {
  name = "b"
  type = "query alert"
  query = "max(last_2m):sum:m{queue:b} > 5"
  message = "x"
}
monitor "both" {
  name = "both"
  type = "composite"
  query = "${monitor.a.id} && ${monitor.b.id}"
  message = "@a"
}
`
	verdicts := func(b, expects string) map[string]Mutant {
		dir := ddtest.Folder(t, map[string]string{
			"stack.hcl":         config,
			"a.test.hcl":        "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.both\" {\n" + expects + "\n  }\n}\n",
			"rec/recording.hcl": operatorRecording + tagged("queue:a", "0x30 9x150") + tagged("queue:b", b),
		})
		outcomes := Run(mustLoad(t, dir).Tests, series.Load, Options{})
		if !outcomes[0].Passed() {
			t.Fatal(describe(outcomes[0].Failures()), outcomes[0].Err)
		}
		found := map[string]Mutant{}
		for _, m := range Mutate(outcomes[0].Test.Objects, outcomes, Options{}) {
			found[m.Field+" "+m.From+" "+m.To] = m
		}
		return found
	}
	together, apart := verdicts("0x30 9x150", alerts), verdicts("0x180", stays)
	if m := together["operator && ||"]; m.Verdict != Unrecorded || m.Effect != FalseAlarm {
		t.Errorf("%+v", m)
	}
	if m := apart["operator && ||"]; m.Verdict != Detected {
		t.Errorf("%+v", m)
	}
	if m := together["negation monitor.b !monitor.b"]; m.Verdict != Detected {
		t.Errorf("%+v", m)
	}
	if m := apart["negation monitor.a !monitor.a"]; m.Verdict != Unrecorded || m.Effect != Missed {
		t.Errorf("%+v", m)
	}
	if m := together["notify_no_data false true"]; m.Verdict != Equivalent {
		t.Errorf("a composite of members that do not notify of missing data: %+v", m)
	}
}

// TestEquivalent: thresholds between the same whole numbers are equivalent, unless a point can be an average of samples
// or the samples are not whole.
func TestEquivalent(t *testing.T) {
	for _, c := range []struct {
		query, values, interval string
		to                      map[string]Verdict
	}{
		{"max(last_2m):sum:m{*} < 1", "1x180", "20s", map[string]Verdict{"0.8": Equivalent, "0.5": Equivalent, "0": Unrecorded}},
		{"max(last_2m):sum:m{*} < 1", "1x240", "15s", map[string]Verdict{"0.8": Equivalent, "0.5": Unrecorded}},
		{"max(last_2m):sum:m{*} < 1", "1x720", "5s", map[string]Verdict{"0.8": Unrecorded, "0.5": Unrecorded}},
		{"max(last_2m):sum:m{*} < 1", "1.5x180", "20s", map[string]Verdict{"0.8": Unrecorded, "0.5": Unrecorded}},
		{"max(last_2m):avg:m{*} < 1", "1x180", "20s", map[string]Verdict{"0.8": Unrecorded}},
		{"avg(last_2m):sum:m{*} < 1", "1x180", "20s", map[string]Verdict{"0.8": Unrecorded}},
		{"max(last_2m):sum:m{*} / 2 < 1", "2x180", "20s", map[string]Verdict{"0.8": Unrecorded}},
		{"max(last_2m):sum:m{*}.fill(null) < 1", "1x180", "20s", map[string]Verdict{"0.8": Equivalent}},
		{"max(last_2m):sum:m{*}.fill(linear) < 1", "1x180", "20s", map[string]Verdict{"0.8": Unrecorded}},
		{"max(last_2m):sum:m{*} * 2 < 1", "1x180", "20s", map[string]Verdict{"0.8": Equivalent}},
		{"min(last_2m):sum:m{*} >= 0.5", "0x180", "20s", map[string]Verdict{"0.6": Equivalent, "1": Equivalent, ">": Equivalent}},
		{"min(last_2m):sum:m{*} > 5", "0x180", "20s", map[string]Verdict{"6": Unrecorded, ">=": Unrecorded, "none": Unrecorded}},
	} {
		dir := ddtest.Folder(t, map[string]string{
			"stack.hcl":         fmt.Sprintf("stack \"s\" {}\nmonitor \"m\" {\n  name = \"m\"\n  type = \"query alert\"\n  query = %q\n  message = \"@a\"\n}\n", c.query),
			"a.test.hcl":        "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.m\" { never = \"Alert\" }\n}\n",
			"rec/recording.hcl": strings.Replace(operatorRecording, "20s", c.interval, 1) + fmt.Sprintf("series \"m\" {\n  type = \"gauge\"\n  values = %q\n}\n", c.values),
		})
		outcomes := Run(mustLoad(t, dir).Tests, series.Load, Options{})
		for _, m := range Mutate(outcomes[0].Test.Objects, outcomes, Options{}) {
			if want, ok := c.to[m.To]; ok && want != m.Verdict && m.Field != "handle" {
				t.Errorf("%s every %s, %s %s -> %s: %s", c.query, c.interval, m.Field, m.From, m.To, m.Verdict)
			}
		}
	}
}

// TestRanked: gaps come first, by severity; those that a recording shows come before the others.
func TestRanked(t *testing.T) {
	list := []Mutant{
		{To: "7", Verdict: Equivalent}, {To: "6", Verdict: Detected, Effect: Missed}, {To: "5", Verdict: Survived, Effect: StatusOnly},
		{To: "2", Verdict: Unrecorded, Effect: Missed}, {To: "1", Verdict: Survived, Effect: Missed}, {To: "3", Verdict: Unrecorded, Effect: FalseAlarm},
		{To: "4", Verdict: Survived, Effect: Repeated},
	}
	got := ""
	for _, m := range Ranked(list) {
		got += m.To
	}
	if got != "1234567" {
		t.Error(got)
	}
	if detected, detectable := Score(list); detected != 1 || detectable != 6 {
		t.Error(detected, detectable)
	}
}
