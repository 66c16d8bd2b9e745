package plan_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// recording is a recorded request with its response.
type recording struct {
	op                       string
	request, prior, response any
	name                     string
	kind                     *kind.Kind
}

// recordings reads the successful creates and updates of monitors and dashboards.
func recordings(t *testing.T) []recording {
	t.Helper()
	decode := func(raw json.RawMessage) any {
		if len(raw) == 0 {
			return nil
		}
		v, err := object.Decode(ddtest.Unwrap(raw))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var out []recording
	for _, k := range kind.All() {
		for _, r := range ddtest.Corpus(t, "api/"+k.Plural) {
			if r.Accepted() {
				out = append(out, recording{r.Op, decode(r.Request), decode(r.Prior), decode(r.Response), filepath.Base(r.File), k})
			}
		}
	}
	return out
}

// desired is the request as a configuration. Top-level keys that an update leaves out keep their values, so they come
// from the prior state.
func (r recording) desired() map[string]any {
	body := maps.Clone(r.request.(map[string]any))
	if r.op == "update" {
		prior, ok := r.prior.(map[string]any)
		if !ok {
			prior, _ = r.response.(map[string]any)
		}
		for key, v := range prior {
			if _, written := body[key]; !written && r.kind.UpdateMerges {
				body[key] = v
			}
		}
	}
	return body
}

func (r recording) live() map[string]any { return r.response.(map[string]any) }

// knownDifferences are recordings whose response differs from the request, with the reason.
var knownDifferences = map[string]string{
	"007-create-composite-monitorcandeleteerrors.json":   "the request has no name, which ddmon demands; the server made one up",
	"078-create-query-alert-monitorcandeleteerrors.json": "the request has no name, which ddmon demands; the server made one up",

	"018-create-metric-servicelevelobjective-countspec.json": "of 2026-02: the answer has the query that was derived, not the specification that was sent",
	"121-update-metric-servicelevelobjective-countspec.json": "of 2026-02: the answer has the query that was derived, not the specification that was sent",
}

func TestRecordedResponseIsNotAChange(t *testing.T) {
	count, excepted := map[string]int{}, 0
	for _, r := range recordings(t) {
		count[r.kind.Name+" "+r.op]++
		_, edits, _ := plan.Compare(r.kind, r.desired(), r.live(), nil)
		reason, known := knownDifferences[r.name]
		switch {
		case known && len(edits) > 0:
			excepted++
			t.Logf("excepted: %s: %s", r.name, reason)
		case known:
			t.Errorf("%s now gives an empty plan: remove it from knownDifferences", r.name)
		case len(edits) > 0:
			t.Errorf("%s: plan is not empty:%s", r.name, show(edits))
		}
	}
	t.Logf("recorded responses without a change: %v, excepted %d", count, excepted)
}

func TestRecordedResponseHasTheFingerprint(t *testing.T) {
	same := 0
	for _, r := range recordings(t) {
		if _, known := knownDifferences[r.name]; known {
			continue
		}
		after, _, _ := plan.Compare(r.kind, r.desired(), r.live(), nil)
		sent, got := plan.Fingerprint(r.kind, after, nil, nil), plan.Fingerprint(r.kind, r.live(), nil, nil)
		if sent != got {
			t.Errorf("%s: sent %s, live %s", r.name, sent, got)
			continue
		}
		same++
	}
	t.Logf("same fingerprint of request and response: %d", same)
}

// ignoredLeaves are leaves of requests that are not part of the configuration: changing them is not an edit.
var ignoredLeaves = []struct{ kind, path, reason string }{
	{"monitor", `^(id|org_id|multi|created|created_at|modified|deleted|overall_state|overall_state_modified|matching_downtimes|creator|classification)\b`, "read-only: the server ignores it"},
	{"downtime", `^(id|status|created|modified|canceled)$`, "read-only: the server ignores it"},
	{"slo", `^(id|created_at|modified_at|creator|monitor_tags|type_id)\b`, "read-only: the server ignores it"},
	{"slo", `^thresholds\[\d+\]\.(target|warning)_display$`, "computed by the server from the number"},
	{"dashboard", `^(id|url|author_handle|author_name|created_at|modified_at|is_read_only)$`, "read-only: the server ignores it"},
	{"dashboard", `^tabs\[\d+\]\.id$`, "the id of a tab is the server's; the live one is kept"},
	{"dashboard", `^widgets\[\d+\](\.definition\.widgets\[\d+\])*\.id$`, "the id of a widget is the server's; the live one is kept"},
}

// entangled are leaves whose change causes another edit, with the reason.
var entangled = map[string]string{
	"149-create-dashboardjsontabintegerwidgetids.json widgets[0].id": "a tab names the widget by this id, so it is the tab that changes",
	"149-create-dashboardjsontabintegerwidgetids.json widgets[1].id": "a tab names the widget by this id, so it is the tab that changes",
	"149-create-dashboardjsontabintegerwidgetids.json widgets[2].id": "a tab names the widget by this id, so it is the tab that changes",
}

func TestRecordedLeafIsOneEdit(t *testing.T) {
	leaves, sets, ignored := 0, 0, map[string]int{}
	for _, r := range recordings(t) {
		if _, known := knownDifferences[r.name]; known {
			continue
		}
		desired := r.desired()
		eachLeaf(r.request, nil, func(p object.Path, v any) {
			leaves++
			changed := replaceAt(desired, p, mutate(v)).(map[string]any)
			_, edits, _ := plan.Compare(r.kind, changed, r.live(), nil)
			if _, ok := entangled[r.name+" "+p.String()]; ok {
				if len(edits) != 1 || edits[0].Path[0] != "tabs" {
					t.Errorf("%s: %s should change a tab:%s", r.name, p, show(edits))
				}
				return
			}
			if reason := ignoredReason(r.kind.Name, p.String()); reason != "" {
				ignored[r.kind.Name+": "+reason]++
				if len(edits) > 0 {
					t.Errorf("%s: %s should be ignored:%s", r.name, p, show(edits))
				}
				return
			}
			want := p.String()
			if len(edits) == 1 && edits[0].IsSet {
				// A set is unordered, so an element has no index.
				want = p[:len(p)-1].String()
				sets++
			}
			if len(edits) != 1 || edits[0].Path.String() != want {
				t.Errorf("%s: one leaf changed at %s:%s", r.name, p, show(edits))
			}
		})
	}
	t.Logf("leaves changed: %d, including elements of sets %d, ignored %v, excepted %d", leaves, sets, ignored, len(entangled))
}

func ignoredReason(kind, path string) string {
	for _, p := range ignoredLeaves {
		if p.kind == kind && regexp.MustCompile(p.path).MatchString(path) {
			return p.reason
		}
	}
	return ""
}

func eachLeaf(v any, p object.Path, f func(object.Path, any)) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range object.SortedKeys(v) {
			eachLeaf(v[k], p.With(k), f)
		}
	case []any:
		for i, e := range v {
			eachLeaf(e, p.With(i), f)
		}
	default:
		f(p, v)
	}
}

// mutate returns another value of the same type.
func mutate(v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return json.Number("7")
		}
		return json.Number(fmt.Sprint(f + 1))
	case string:
		return v + "x"
	}
	return "x"
}

func replaceAt(v any, p object.Path, leaf any) any {
	if len(p) == 0 {
		return leaf
	}
	switch step := p[0].(type) {
	case string:
		out := maps.Clone(v.(map[string]any))
		out[step] = replaceAt(out[step], p[1:], leaf)
		return out
	case int:
		out := slices.Clone(v.([]any))
		out[step] = replaceAt(out[step], p[1:], leaf)
		return out
	}
	panic("a step is a string or an int")
}

func show(edits []plan.Edit) string {
	var b strings.Builder
	for _, e := range edits {
		before, _ := json.Marshal(e.Before)
		after, _ := json.Marshal(e.After)
		fmt.Fprintf(&b, "\n  %s %s: %.200s -> %.200s", e.Op, e.Path, before, after)
	}
	return b.String()
}
