package plan_test

import (
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// TestAgainstKeepsWhatIsSensitive: of an object that is no longer configured, only the base's configuration says what
// is sensitive; of one that is, its own does.
func TestAgainstKeepsWhatIsSensitive(t *testing.T) {
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
			"changed, and the base's mark is off": {marked(before), []*object.Object{objecttest.Desired(t, "monitor.a", after)}, false},
		} {
			in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: tt.desired, Live: live}
			p, _ := plan.Build(in)
			own, _ := plan.Between(in, tt.base)
			in.Desired = tt.base
			set, _ := plan.Build(in)
			b := p.Against("main", own, set)
			for _, shown := range []*plan.Plan{p, b.Own} {
				d := shown.Changes[0].Desired
				if got := d != nil && d.IsSensitive(path); got != tt.marked {
					t.Errorf("%s, %s: sensitive %v, want %v", name, at, got, tt.marked)
				}
			}
		}
	}
}
