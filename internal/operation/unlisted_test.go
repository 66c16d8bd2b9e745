package operation_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/operation"
)

// newerDatadog returns fields that the tables do not know with reads by id, but not in lists.
type newerDatadog struct {
	*ddapi.Client
	fields  map[string]any
	lookups int
}

func (d *newerDatadog) Lookup(ctx context.Context, k *kind.Kind, id string) (map[string]any, bool, error) {
	d.lookups++
	o, ok, err := d.Client.Lookup(ctx, k, id)
	if ok {
		o = maps.Clone(o)
		maps.Copy(o, d.fields)
	}
	return o, ok, err
}

// TestUnlistedUnknownFields: a list without a field does not mean that Datadog does not have it, whether or not the tables
// know the field. Objects whose fields Datadog drops are not read one by one with every plan.
func TestUnlistedUnknownFields(t *testing.T) {
	client, w := &newerDatadog{Client: datadog(t), fields: map[string]any{"foo": "a"}}, workspace(t, simpleWith(`extra = { foo = "a", lost = "b" }`))
	p := planned(t, client, input(t, w))
	if r := operation.Apply(t.Context(), client, p, func(apply.Event) {}); !r.OK() {
		t.Fatalf("%+v", r)
	}
	if p := planned(t, client, input(t, w)); actions(p.Changes) != "" {
		t.Errorf("after the apply: %v", edits(p.Changes))
	}
	client.fields = map[string]any{"foo": "edited"}
	if got := strings.Join(edits(planned(t, client, input(t, w)).Changes), ", "); got != "foo" {
		t.Errorf("after an edit: %q", got)
	}
	client.fields = nil
	if got := strings.Join(edits(planned(t, client, input(t, w)).Changes), ", "); !strings.Contains(got, "foo") {
		t.Errorf("after its removal: %q", got)
	}
	if r := operation.Apply(t.Context(), client, planned(t, client, input(t, w)), func(apply.Event) {}); !r.OK() {
		t.Fatalf("%+v", r)
	}
	client.lookups = 0
	if p := planned(t, client, input(t, w)); actions(p.Changes) != "" || client.lookups > 0 {
		t.Errorf("after Datadog dropped both: %v, %d reads", edits(p.Changes), client.lookups)
	}
}
