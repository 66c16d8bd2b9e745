package planfile

import (
	"encoding/json"
	"maps"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// ShownPlan is a plan as it may be shown, in every format. Only Texts.Plan makes one, and all that shows a plan accepts
// no other, so that a plan with sensitive values in it cannot be written.
type ShownPlan struct{ plan *plan.Plan }

// Plan returns the plan to read; nil where there is none.
func (s ShownPlan) Plan() *plan.Plan { return s.plan }

// ShownBase is a plan.Base as it may be shown.
type ShownBase struct{ base *plan.Base }

// Base returns the base to read; nil where there is none.
func (s ShownBase) Base() *plan.Base { return s.base }

// Own returns what the change does by itself.
func (s ShownBase) Config() ShownPlan { return ShownPlan{s.base.Config} }

// Drift returns the part of the plan that the change is not behind.
func (s ShownBase) Drift() ShownPlan { return ShownPlan{s.base.Drift} }

// ShownDrift is a report of drift as it may be shown.
type ShownDrift struct{ report *plan.DriftReport }

// Report returns the report to read.
func (s ShownDrift) Report() *plan.DriftReport { return s.report }

// Texts hides sensitive texts wherever they are, which is needed where their places are not known: the block of an object
// was removed, or no longer holds the value. The zero Texts hides values by their places alone.
type Texts struct {
	// Outside returns a text from a configuration or from Datadog without what is sensitive. Words does so for one that may
	// have words of ddmon's and Datadog's in it, which stay.
	Outside, Words func(string) string
}

// Plan returns a plan to show: what came from a sensitive variable is Redacted on both sides of every change, and so is
// what was in its place before. Sensitive texts are hidden anywhere in the live bodies.
func (t Texts) Plan(p *plan.Plan) ShownPlan {
	if p == nil {
		return ShownPlan{}
	}
	out := *p
	out.Changes = make([]plan.Change, len(p.Changes))
	for i := range p.Changes {
		out.Changes[i] = t.change(shownChange(p.Changes[i]))
	}
	return ShownPlan{&out}
}

// Base returns a base to show.
func (t Texts) Base(b *plan.Base) ShownBase {
	if b == nil {
		return ShownBase{}
	}
	out := *b
	out.Config, out.Drift = t.Plan(b.Config).plan, t.Plan(b.Drift).plan
	return ShownBase{&out}
}

// Drift returns a report to show. objects are the desired ones, whose titles the report has.
func (t Texts) Drift(r *plan.DriftReport, objects map[object.Address]*object.Object) ShownDrift {
	out := *r
	out.Drifted, out.Silenced = slices.Clone(r.Drifted), slices.Clone(r.Silenced)
	title := func(a object.Address, title string) string {
		if objects[a].TitleIsSensitive() {
			return Redacted
		}
		return t.outside(title)
	}
	for i := range out.Drifted {
		d := &out.Drifted[i]
		d.Title, d.Paths = title(d.Address, d.Title), slices.Clone(d.Paths)
		for n := range d.Paths {
			d.Paths[n] = t.words(d.Paths[n]) // names of fields
		}
	}
	for i := range out.Silenced {
		m := &out.Silenced[i]
		m.Title, m.Scope = title(m.Address, m.Title), t.outside(m.Scope)
		if objects[m.Address].Touches(object.Path{"options", "silenced"}) {
			m.Scope = Redacted
		}
	}
	return ShownDrift{&out}
}

func (t Texts) change(c plan.Change) plan.Change {
	if t.Outside == nil {
		return c
	}
	c.Before, _ = t.value(c.Before).(map[string]any)
	if c.Desired == nil {
		c.Title = t.outside(c.Title)
	}
	c.Edits = slices.Clone(c.Edits)
	for n := range c.Edits {
		c.Edits[n].Before = t.value(c.Edits[n].Before)
	}
	return c
}

// outside leaves what is hidden already: the words of Redacted may be sensitive texts themselves.
func (t Texts) outside(s string) string {
	if t.Outside == nil || s == Redacted {
		return s
	}
	return t.Outside(s)
}

func (t Texts) words(s string) string {
	if t.Words == nil || s == Redacted {
		return s
	}
	return t.Words(s)
}

// value is outside for everything in a body. The type of the object or of a widget is one of Datadog's words, not a text.
func (t Texts) value(v any) any {
	switch v := v.(type) {
	case string:
		return t.outside(v)
	case json.Number:
		if text := t.outside(v.String()); text != v.String() {
			return Redacted
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = t.value(e)
		}
		return out
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		for k, e := range v {
			if text, isText := e.(string); isText && (k == "type" || k == "layout_type") {
				out[k] = t.words(text)
				continue
			}
			out[k] = t.value(e)
		}
		return out
	}
	return v
}

func shownChange(c plan.Change) plan.Change {
	o := c.Desired
	if !o.HasSecrets() && c.LiveSensitive == nil {
		return c
	}
	before := c
	if o.TitleIsSensitive() {
		c.Title = Redacted
		c.Before = maps.Clone(c.Before)
		delete(c.Before, "url") // ends in the title
	}
	c.Before, _ = o.Redact(o.MayBeSensitive, c.Before, nil).(map[string]any)
	c.After, _ = o.Redact(o.IsSensitive, c.After, nil).(map[string]any)
	c.Edits = slices.Clone(outermost(&before))
	for i := range c.Edits {
		c.Edits[i] = redactEdit(o, c.Edits[i])
	}
	c.Notes = openNotes(o, c.Notes)
	if c.LiveSensitive != nil {
		hidePast(&c)
	}
	return c
}

// hidePast hides what of the live object may have been sensitive when it was written.
func hidePast(c *plan.Change) {
	c.Before, _ = c.LiveSensitive.Redact(c.LiveSensitive.MayBeSensitive, c.Before, nil).(map[string]any)
	c.Notes = openNotes(c.LiveSensitive, c.Notes)
	for i := range c.Edits {
		e := &c.Edits[i]
		if e.Op == plan.Move || e.Before == nil || !c.LiveSensitive.Touches(e.Path) {
			continue
		}
		e.Before = Redacted
		if e.IsSet {
			e.After = Redacted
		}
	}
}

// redactEdit hides the values of an edit. A set whose members are partly sensitive is hidden whole, because the
// members of the two sides do not stand at the same places.
func redactEdit(o *object.Object, e plan.Edit) plan.Edit {
	switch {
	case e.Op == plan.Move:
		return e
	case e.IsSet && o.Touches(e.Path):
		e.Before, e.After = Redacted, Redacted
		return e
	}
	e.Before, e.After = o.Redact(o.MayBeSensitive, e.Before, e.Path), o.Redact(o.IsSensitive, e.After, e.Path)
	return e
}
