package plan_test

import (
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestFingerprintAndOrder: fingerprints ignore the order of a set but not of a list, at any depth. Compare must agree.
func TestFingerprintAndOrder(t *testing.T) {
	const monitor = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} by {host} > 5","options":{$}}`
	const board = `{"title":"n","layout_type":"ordered",$}`
	const request = `{"q":"avg:m{*}","display_type":"line"}`
	note := func(s string) string { return `{"definition":{"type":"note","content":"` + s + `"}}` }
	for name, tt := range map[string]struct {
		kind, body, list string
		elements         []string
		set              bool
	}{
		"tags":             {"monitor", strings.Replace(monitor, `"options":{$}`, "$", 1), "tags", []string{`"a:b"`, `"c"`, `"1"`}, true},
		"notify_by":        {"monitor", monitor, "notify_by", []string{`"host"`, `"a"`}, true},
		"statuses":         {"monitor", monitor, "renotify_statuses", []string{`"alert"`, `"warn"`}, true},
		"a board's tags":   {"dashboard", board, "tags", []string{`"team:a"`, `"team:b"`}, true},
		"widgets":          {"dashboard", board, "widgets", []string{note("a"), note("b"), note("1")}, false},
		"widgets, grouped": {"dashboard", strings.Replace(board, "$", `"widgets":[{"definition":{"type":"group","layout_type":"ordered",$}}]`, 1), "widgets", []string{note("a"), note("b")}, false},
		"requests":         {"dashboard", strings.Replace(board, "$", `"widgets":[{"definition":{"type":"timeseries",$}}]`, 1), "requests", []string{request, strings.Replace(request, "m{", "n{", 1)}, false},
		"variables":        {"dashboard", board, "template_variables", []string{`{"name":"a"}`, `{"name":"b"}`}, false},
		"presets' values":  {"dashboard", strings.Replace(board, "$", `"template_variables":[{"name":"v",$}]`, 1), "available_values", []string{`"1"`, `"2"`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			k := kind.Named(tt.kind)
			with := func(elements []string) map[string]any {
				return ddtest.Object(t, strings.Replace(tt.body, "$", `"`+tt.list+`":[`+strings.Join(elements, ",")+`]`, 1))
			}
			reversed := slices.Clone(tt.elements)
			slices.Reverse(reversed)
			one, other := with(tt.elements), with(reversed)
			same := plan.Fingerprint(k, one, nil, nil) == plan.Fingerprint(k, other, nil, nil)
			_, edits, _ := plan.Compare(k, one, other, nil)
			if same != tt.set || (len(edits) == 0) != tt.set {
				t.Errorf("same fingerprint %v, %d edits, a set: %v", same, len(edits), tt.set)
			}
			fewer := plan.Fingerprint(k, with(tt.elements[1:]), nil, nil)
			if fewer == plan.Fingerprint(k, one, nil, nil) {
				t.Error("the fingerprint does not change without an element")
			}
		})
	}
}

// parsed reads a path such as options.thresholds.warning or tags[1].
func parsed(t *testing.T, text string) object.Path {
	t.Helper()
	var out object.Path
	for step := range strings.SplitSeq(text, ".") {
		name, index, indexed := strings.Cut(step, "[")
		out = append(out, name)
		if indexed {
			out = append(out, int(index[0]-'0'))
		}
	}
	if out.String() != text {
		t.Fatalf("%s is read as %s", text, out)
	}
	return out
}
