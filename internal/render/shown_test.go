package render_test

import (
	"reflect"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
)

// TestNoFormatShowsSecrets: a plan from which no caller took the sensitive values is written without them.
func TestNoFormatShowsSecrets(t *testing.T) {
	p := everything(t)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Desired.HasSecrets() { // what a message notifies is told in a table of its own
			c.Before, c.After = object.With(c.Before, object.Path{"message"}, "@slack-hunter1"), object.With(c.After, object.Path{"message"}, "@slack-hunter2")
		}
	}
	base := &plan.Base{Name: "main", Own: p, Drift: p}
	document := &strings.Builder{}
	if err := render.JSON(document, planfile.New(p, "test"), ""); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"terminal": terminal(t, render.View{Plan: p, Now: noon()}, render.Style{}), "markdown": markdown(t, render.MarkdownInput{Plan: p}),
		"terminal, base": terminal(t, render.View{Plan: p, Base: base, Now: noon()}, render.Style{}),
		"markdown, base": markdown(t, render.MarkdownInput{Plan: p, Base: base}), "JSON": document.String(),
	} {
		if strings.Contains(text, "hunter") || !strings.Contains(text, "(sensitive value)") {
			t.Errorf("%s: %s", name, text)
		}
	}
	// What was shown once can be shown again.
	once := planfile.Shown(p)
	if twice := planfile.Shown(once); !reflect.DeepEqual(once, twice) {
		t.Error("Shown changes what it returned")
	}
}
