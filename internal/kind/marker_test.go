package kind

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// TestMarkerRoundTrip checks for every MarkerLocation that reading returns the written marker and the original body,
// and that no body is modified.
func TestMarkerRoundTrip(t *testing.T) {
	markers := []object.Marker{
		{Stack: "sock-shop", Slug: "monitor.a:b/20c", Fingerprint: "8d58-0123456789ab"},
		{Stack: "s", Slug: "monitor.a"},
		{Stack: "s", Slug: "monitor.a", Fingerprint: "1-2", Replaced: true},
	}
	for name, test := range map[string]struct {
		kind, body, back string // back is the body read, if it is not the one written
	}{
		"tags":                  {kind: "monitor", body: `{"name":"n","tags":["b","a","a"]}`},
		"no tags":               {kind: "monitor", body: `{"name":"n","tags":[]}`},
		"tags absent":           {kind: "monitor", body: `{"name":"n"}`, back: `{"name":"n","tags":[]}`},
		"tags null":             {kind: "monitor", body: `{"tags":null}`, back: `{"tags":[]}`},
		"description":           {kind: "dashboard", body: `{"title":"t","description":"one\n\ntwo"}`},
		"description absent":    {kind: "dashboard", body: `{"title":"t"}`},
		"description empty":     {kind: "dashboard", body: `{"title":"t","description":""}`, back: `{"title":"t"}`},
		"description null":      {kind: "dashboard", body: `{"title":"t","description":null}`, back: `{"title":"t"}`},
		"description with ends": {kind: "dashboard", body: `{"description":"a\n\n"}`, back: `{"description":"a"}`},
	} {
		for _, m := range markers {
			place, body := Named(test.kind).Marker, ddtest.Object(t, test.body)
			written := place.Write(body, m)
			if diff := cmp.Diff(ddtest.Object(t, test.body), body); diff != "" {
				t.Fatalf("%s: Write changed the body: %s", name, diff)
			}
			before := MergeExtra(written) // the same value
			read, rest := place.Read(written)
			if read != m {
				t.Errorf("%s: read %+v, wrote %+v", name, read, m)
			}
			back := test.back
			if back == "" {
				back = test.body
			}
			if diff := cmp.Diff(ddtest.Object(t, back), rest); diff != "" {
				t.Errorf("%s: (-want +got):\n%s", name, diff)
			}
			if diff := cmp.Diff(before, any(written)); diff != "" {
				t.Errorf("%s: Read changed the body: %s", name, diff)
			}
			if again, _ := place.Read(rest); !again.IsZero() {
				t.Errorf("%s: a marker is left: %+v", name, again)
			}
		}
	}
}

func TestMarkerOfNoOne(t *testing.T) {
	for kind, text := range map[string]string{
		"monitor":   `{"tags":["a"],"name":"n"}`,
		"dashboard": `{"description":"by hand\n"}`,
	} {
		m, rest := Named(kind).Marker.Read(ddtest.Object(t, text))
		if !m.IsZero() {
			t.Errorf("%s: marker %+v", kind, m)
		}
		if diff := cmp.Diff(ddtest.Object(t, text), rest); diff != "" {
			t.Errorf("%s: %s", kind, diff)
		}
	}
}

func TestMarkerTagsComeLast(t *testing.T) {
	got := Named("monitor").Marker.Write(ddtest.Object(t, `{"tags":["z","a"]}`), object.Marker{Stack: "s", Slug: "monitor.a", Fingerprint: "f"})
	want := []any{"z", "a", "ddmon_stack:s", "ddmon_id:monitor.a", "ddmon_fp:f"}
	if diff := cmp.Diff(want, got["tags"]); diff != "" {
		t.Error(diff)
	}
}

// TestMarkerOfUnknownDescription: what is written while an id is not known is, once it is, what would have been
// written with the id.
func TestMarkerOfUnknownDescription(t *testing.T) {
	place, m := Named("dashboard").Marker, object.Marker{Stack: "s", Slug: "dashboard.d"}
	address := object.Address{Kind: "monitor", Name: "a"}
	id := func(object.Address) (string, bool) { return "12", true }
	for name, text := range map[string]object.Text{
		"at the end":     {{Literal: "see "}, {Ref: &address}},
		"in the middle":  {{Ref: &address}, {Literal: " is it.\n"}},
		"newlines after": {{Ref: &address}, {Literal: "\n\n\n"}},
	} {
		original := append(object.Text(nil), text...)
		later := place.Write(map[string]any{"description": text}, m)["description"].(object.Text).Resolve(id)
		known := place.Write(map[string]any{"description": text.Resolve(id)}, m)["description"]
		if later != known {
			t.Errorf("%s: %q, want %q", name, later, known)
		}
		if diff := cmp.Diff(original, text); diff != "" {
			t.Errorf("%s: Write changed the text: %s", name, diff)
		}
	}
}
