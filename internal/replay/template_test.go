package replay

import (
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

func newRenderer(from, to Status) *messageRenderer {
	critical, warning := 50.0, 20.5
	return &messageRenderer{
		notifier: &notifier{
			parsed: map[string]*ddquery.Template{},
			view:   monitor.FromBody(map[string]any{"priority": 2.0, "name": "Queue of {{queue.name}}"}),
			limits: limits{Thresholds{Critical: &critical, Warning: &warning}, ">"},
		},
		kind: KindAlert, from: from, to: to, value: 54.25, tags: evaluate.Tags{"queue:shipping-task", "dotted.key:d", "@http.code:503"},
		now: 1_700_000_120_000, first: 1_700_000_000_000, last: 1_700_000_060_000, sample: exampleLog(),
	}
}

func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{"{{#is_alert}}@x {{value}}{{/is_alert}}", `{{eval "value*"}}`, "{{[a].name}} @a-{{b.name}}", "{{#is_match}}", "{{log.attributes.}}", "{{a.value}}", "\xff{{{{raw}}}}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, message string) {
		l := newRenderer(Alert, OK)
		l.composite = &composite{}
		monitor.Handles(l.render("message", message))
	})
}
