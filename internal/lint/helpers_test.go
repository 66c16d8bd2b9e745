package lint

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/object"
)

// stack is a test configuration: objects in JSON by address. ${monitor.x.id} in a string is a reference.
type stack map[string]string

func (s stack) objects(t testing.TB) []*object.Object {
	t.Helper()
	var objects []*object.Object
	for _, name := range object.SortedKeys(s) {
		if strings.HasPrefix(name, guidePrefix) {
			continue
		}
		a, err := object.ParseAddress(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := object.Decode([]byte(s[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		objects = append(objects, newObject(a, withRefs(t, v).(map[string]any)))
	}
	return objects
}

// guidePrefix begins the names of guides in a stack.
const guidePrefix = "guide."

// guides returns the guides of a stack, whose texts are guide.Guide as JSON.
func (s stack) guides(t testing.TB) []*guide.Guide {
	t.Helper()
	var guides []*guide.Guide
	for _, name := range object.SortedKeys(s) {
		if !strings.HasPrefix(name, guidePrefix) {
			continue
		}
		g := &guide.Guide{Name: strings.TrimPrefix(name, guidePrefix)}
		if err := json.Unmarshal([]byte(s[name]), g); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		guides = append(guides, g)
	}
	return guides
}

func newObject(a object.Address, body map[string]any) *object.Object {
	o := &object.Object{Address: a, Body: body, Ranges: object.Ranges{}}
	addRanges(o.Ranges, body, nil)
	if id, ok := body["id"].(string); ok {
		o.ID = id
	}
	return o
}

// withRefs replaces each string that contains a reference with a Text.
func withRefs(t testing.TB, v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = withRefs(t, e)
		}
	case []any:
		for i, e := range v {
			v[i] = withRefs(t, e)
		}
	case string:
		if !strings.Contains(v, ".id}") {
			return v
		}
		var text object.Text
		rest := v
		for {
			before, after, ok := strings.Cut(rest, "${")
			if !ok {
				break
			}
			inner, after, _ := strings.Cut(after, ".id}")
			a, err := object.ParseAddress(inner)
			if err != nil {
				t.Fatal(err)
			}
			if before != "" {
				text = append(text, object.Part{Literal: before})
			}
			text = append(text, object.Part{Ref: &a})
			rest = after
		}
		if text != nil {
			if rest != "" {
				text = append(text, object.Part{Literal: rest})
			}
			return text
		}
	}
	return v
}

// addRanges sets the range of every value. Its file name is the path of the value.
func addRanges(r object.Ranges, v any, p object.Path) {
	r[p.String()] = hcl.Range{Filename: "at " + p.String()}
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			addRanges(r, e, p.With(k))
		}
	case []any:
		for i, e := range v {
			addRanges(r, e, p.With(i))
		}
	}
}

// locate returns a range whose file name is the path and the substring.
func locate(o *object.Object, p object.Path, from, to int) hcl.Range {
	s := fmt.Sprint(p.In(o.Body))
	return hcl.Range{Filename: fmt.Sprintf("%s %q", p, s[from:to])}
}

func inputOf(objects []*object.Object) Input {
	return Input{Stack: "test", Objects: objects, Locate: locate}
}

// findings formats each diagnostic as "severity code location", sorted.
func findings(diags hcl.Diagnostics) []string {
	out := []string{}
	for _, d := range diags {
		location := "nowhere"
		if d.Subject != nil {
			location = d.Subject.Filename
		}
		out = append(out, diag.SeverityOf(d).String()+" "+diag.Code(d)+" "+location)
	}
	slices.Sort(out)
	return out
}

func wantFindings(t testing.TB, diags hcl.Diagnostics, want ...string) {
	t.Helper()
	slices.Sort(want)
	if want == nil {
		want = []string{}
	}
	if d := cmp.Diff(want, findings(diags)); d != "" {
		t.Errorf("(-want +got)\n%s%v", d, diags)
	}
}

// recorded is a body that Datadog accepted, or that ships with an integration.
type recorded struct {
	file, kind, from string
	body             map[string]any
}

// corpus reads the bodies of successful create and update requests, and the objects that ship with integrations.
func corpus(t testing.TB) []recorded {
	t.Helper()
	var all []recorded
	for _, folder := range []string{"api/monitors", "api/dashboards", "api/history", "shipped/monitors", "shipped/dashboards"} {
		for _, r := range ddtest.Corpus(t, folder) {
			if kind, body := readRecorded(t, r); body != nil {
				all = append(all, recorded{r.File, kind, folder, body})
			}
		}
	}
	return all
}

func readRecorded(t testing.TB, r ddtest.Recording) (kind string, body map[string]any) {
	switch {
	case r.Op == "":
		body = ddtest.Object(t, string(r.Response))
	case !r.Accepted():
		return "", nil
	default:
		body = ddtest.Object(t, string(r.Request))
	}
	switch {
	case body["query"] != nil && body["type"] != nil:
		return "monitor", body
	case body["widgets"] != nil:
		return "dashboard", body
	}
	return "", nil
}

// ofRule returns the findings with a code.
func ofRule(diags hcl.Diagnostics, code string) hcl.Diagnostics {
	return slices.DeleteFunc(slices.Clone(diags), func(d *hcl.Diagnostic) bool { return diag.Code(d) != code })
}
