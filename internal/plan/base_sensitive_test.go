package plan_test

import (
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestSplitDriftKeepsSensitiveValues: the base's configuration says what is sensitive in an object that is no longer
// configured; for other objects, the desired configuration does.
func TestSplitDriftKeepsSensitiveValues(t *testing.T) {
	const before = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"@a","tags":["b:c","x:1"],"options":{"thresholds":{"critical":5,"warning":3}}}`
	const after = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"@d","tags":["b:c","x:1"],"options":{"thresholds":{"critical":5,"warning":4}}}`
	for _, at := range []string{"message", "tags[1]", "options.thresholds.warning", "options"} {
		path := parsed(t, at)
		marked := func(source string) []*object.Object {
			o := objecttest.Desired(t, "monitor.a", source)
			o.Sensitive = map[string][]string{at: {"secret"}}
			return []*object.Object{o}
		}
		live := []*object.Object{objecttest.Owned(t, "1", "monitor.a", before)}
		for name, tt := range map[string]struct {
			base, desired []*object.Object
			marked        bool
		}{
			"deleted":                             {marked(before), nil, true},
			"changed":                             {[]*object.Object{objecttest.Desired(t, "monitor.a", before)}, marked(after), true},
			"changed, sensitive only in the base": {marked(before), []*object.Object{objecttest.Desired(t, "monitor.a", after)}, false},
		} {
			in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: tt.desired, Live: live}
			p, _ := plan.Build(in)
			config, _ := plan.Between(in, tt.base)
			in.Desired = tt.base
			revert, _ := plan.Build(in)
			b := p.SplitDrift("main", config, revert)
			for _, shown := range []*plan.Plan{p, b.Config} {
				d := shown.Changes[0].Desired
				if got := d != nil && d.IsSensitive(path); got != tt.marked {
					t.Errorf("%s, %s: sensitive %v, want %v", name, at, got, tt.marked)
				}
			}
		}
	}
}
