package plan_test

import (
	"strings"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestConflictHidesKeys: a conflict does not show the keys of a sensitive object.
func TestConflictHidesKeys(t *testing.T) {
	const source = `{"name":"a","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","options":{"silenced":{"host:xyz":1}}}`
	o := objecttest.Desired(t, "monitor.a", strings.Replace(source, "> 5", "> 6", 1))
	o.Sensitive = map[string][]string{"options": {"more"}}
	seen := objecttest.Owned(t, "1", "monitor.a", source)
	now := objecttest.Owned(t, "1", "monitor.a", strings.ReplaceAll(source, `{"host:xyz":1}`, `{"host:qqq":2}`))
	p, _ := plan.Build(input([]*object.Object{o}, []*object.Object{seen}))
	conflict := p.Changes[0].Conflict(kind.Named("monitor"), "s", seen.Body, now)
	if conflict == nil || !strings.HasSuffix(conflict.Error(), "was changed after the plan was made: options") {
		t.Fatalf("%v", conflict)
	}
	for _, e := range conflict.Edits {
		if e.Before != object.Redacted || e.After != object.Redacted {
			t.Errorf("%v", e)
		}
	}
}
