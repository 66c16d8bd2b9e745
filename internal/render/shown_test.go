package render_test

import (
	"reflect"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// TestNoFormatShowsSecrets: the formats hide sensitive values even if no caller removed them.
func TestNoFormatShowsSecrets(t *testing.T) {
	p := everything(t)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Desired.HasSecrets() { // recipients have a table of their own
			c.Before, c.After = object.With(c.Before, object.Path{"message"}, "@slack-hunter1"), object.With(c.After, object.Path{"message"}, "@slack-hunter2")
		}
	}
	base := &plan.Base{Name: "main", Config: p, Drift: p}
	document := &strings.Builder{}
	if err := machine.JSON(document, planfile.New(shownPlan(p), "test"), ""); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"terminal": onTerminal(t, terminal.View{Plan: shownPlan(p), Now: noon()}, safe.Style{}), "markdown": asMarkdown(t, markdown.Input{Plan: shownPlan(p)}),
		"terminal, base": onTerminal(t, terminal.View{Plan: shownPlan(p), Base: showBase(base), Now: noon()}, safe.Style{}),
		"markdown, base": asMarkdown(t, markdown.Input{Plan: shownPlan(p), Base: showBase(base)}), "JSON": document.String(),
	} {
		if strings.Contains(text, "hunter") || !strings.Contains(text, "(sensitive value)") {
			t.Errorf("%s: %s", name, text)
		}
	}
	// Showing a plan is idempotent.
	once := shownPlan(p).Plan()
	if twice := shownPlan(once).Plan(); !reflect.DeepEqual(once, twice) {
		t.Error("showing changes what it returned")
	}
}
