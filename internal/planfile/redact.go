package planfile

import (
	"encoding/json"
	"maps"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// RedactedPlan is a plan without sensitive values, which can be shown in every format. Only Redactor.Plan returns one,
// and every renderer requires one, so no output can include sensitive values.
type RedactedPlan struct{ plan *plan.Plan }

// Plan returns the plan to render, or nil.
func (s RedactedPlan) Plan() *plan.Plan { return s.plan }

// RedactedBase is a plan.Base without sensitive values.
type RedactedBase struct{ base *plan.Base }

// Base returns the base to render, or nil.
func (s RedactedBase) Base() *plan.Base { return s.base }

// Config returns plan.Base.Config.
func (s RedactedBase) Config() RedactedPlan { return RedactedPlan{s.base.Config} }

// Drift returns plan.Base.Drift.
func (s RedactedBase) Drift() RedactedPlan { return RedactedPlan{s.base.Drift} }

// RedactedDrift is a drift report without sensitive values.
type RedactedDrift struct{ report *plan.DriftReport }

// Report returns the report to render.
func (s RedactedDrift) Report() *plan.DriftReport { return s.report }

// Redactor redacts sensitive strings anywhere. This is needed for objects whose sensitive paths are unknown, because
// the block was removed or no longer contains the value. The zero Redactor redacts only values at known paths.
type Redactor struct {
	// String redacts a string from the configuration or from Datadog. Mixed redacts a string that also contains terms
	// of ddmon or Datadog, which stay unchanged.
	String, Mixed func(string) string
}

// Plan returns a plan to show. Values of sensitive variables are Redacted on both sides of every change. Sensitive
// strings are redacted anywhere in the live bodies.
func (r Redactor) Plan(p *plan.Plan) RedactedPlan {
	if p == nil {
		return RedactedPlan{}
	}
	out := *p
	out.Changes = make([]plan.Change, len(p.Changes))
	for i := range p.Changes {
		out.Changes[i] = r.redactLive(redactChange(p.Changes[i]))
	}
	return RedactedPlan{&out}
}

// Base returns a base to show.
func (r Redactor) Base(b *plan.Base) RedactedBase {
	if b == nil {
		return RedactedBase{}
	}
	out := *b
	out.Config, out.Drift = r.Plan(b.Config).plan, r.Plan(b.Drift).plan
	return RedactedBase{&out}
}

// Drift returns a report to show. objects are the desired objects, which say whether a title is sensitive.
func (r Redactor) Drift(report *plan.DriftReport, objects map[object.Address]*object.Object) RedactedDrift {
	out := *report
	shown := r.Plan(report.Plan)
	out.Plan = nil
	out.Drifted, out.Silenced = slices.Clone(report.Drifted), slices.Clone(report.Silenced)
	title := func(a object.Address, title string) string {
		if objects[a].TitleIsSensitive() {
			return Redacted
		}
		return r.redactString(title)
	}
	for i := range out.Drifted {
		d := &out.Drifted[i]
		d.Title, d.Paths = title(d.Address, d.Title), slices.Clone(d.Paths)
		for n := range d.Paths {
			d.Paths[n] = r.redactMixed(d.Paths[n]) // field names
		}
		d.Values = r.driftedValues(d, shown)
	}
	for i := range out.Silenced {
		m := &out.Silenced[i]
		m.Title, m.Scope = title(m.Address, m.Title), r.redactString(m.Scope)
		if objects[m.Address].Touches(object.Path{"options", "silenced"}) {
			m.Scope = Redacted
		}
	}
	return RedactedDrift{&out}
}

// driftedValues returns the values of an object's edits.
func (r Redactor) driftedValues(d *plan.Drifted, shown RedactedPlan) []plan.DriftedValue {
	if shown.plan == nil || d.ID == "" || len(d.Paths) == 0 {
		return nil
	}
	i := slices.IndexFunc(shown.plan.Changes, func(c plan.Change) bool { return c.Address == d.Address && c.ID == d.ID })
	if i < 0 {
		return nil
	}
	var out []plan.DriftedValue
	c := &shown.plan.Changes[i]
	for _, e := range c.Edits {
		if e.Op != plan.Move {
			at := r.redactMixed(c.Desired.ShownPath(e.Path).String())
			out = append(out, plan.DriftedValue{At: at, Configured: e.After, Live: e.Before})
		}
	}
	return out
}

func (r Redactor) redactLive(c plan.Change) plan.Change {
	if r.String == nil {
		return c
	}
	c.Before, _ = r.redactValue(c.Before).(map[string]any)
	if c.Desired == nil {
		c.Title = r.redactString(c.Title)
	}
	c.Edits = slices.Clone(c.Edits)
	for n := range c.Edits {
		c.Edits[n].Before = r.redactValue(c.Edits[n].Before)
	}
	return c
}

// redactString does not change Redacted, which can itself contain a sensitive string.
func (r Redactor) redactString(s string) string {
	if r.String == nil || s == Redacted {
		return s
	}
	return r.String(s)
}

func (r Redactor) redactMixed(s string) string {
	if r.Mixed == nil || s == Redacted {
		return s
	}
	return r.Mixed(s)
}

// redactValue applies redactString to everything in a body. The type of an object or of a widget is a Datadog term.
func (r Redactor) redactValue(v any) any {
	switch v := v.(type) {
	case string:
		return r.redactString(v)
	case json.Number:
		if text := r.redactString(v.String()); text != v.String() {
			return Redacted
		}
		return v
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = r.redactValue(e)
		}
		return out
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		for k, e := range v {
			if text, isText := e.(string); isText && isTerm(k) {
				out[k] = r.redactMixed(text)
				continue
			}
			out[k] = r.redactValue(e)
		}
		return out
	}
	return v
}

// isTerm reports whether the strings of a key are terms of Datadog's, such as "query alert". To hide one that equals a
// secret would reveal that.
func isTerm(key any) bool { return key == "type" || key == "layout_type" }

func redactChange(c plan.Change) plan.Change {
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
	c.Edits = slices.Clone(collapseEdits(&before))
	for i := range c.Edits {
		c.Edits[i] = redactEdit(o, c.Edits[i])
	}
	c.Notes = visibleNotes(o, c.Notes)
	if c.LiveSensitive != nil {
		redactBefore(&c)
	}
	return c
}

// redactBefore redacts values of the live object that could have been sensitive when it was written.
func redactBefore(c *plan.Change) {
	c.Before, _ = c.LiveSensitive.Redact(c.LiveSensitive.MayBeSensitive, c.Before, nil).(map[string]any)
	if c.Configured() && c.After != nil {
		c.After, _ = redactKept(c.LiveSensitive, c.After, c.Desired.Body, nil).(map[string]any)
	}
	c.Notes = visibleNotes(c.LiveSensitive, c.Notes)
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

// redactKept redacts what a body to write, v at p, keeps of the live object because the desired value does not set it.
func redactKept(live *object.Object, v, desired any, p object.Path) any {
	switch v := v.(type) {
	case map[string]any:
		set, _ := desired.(map[string]any)
		out := make(map[string]any, len(v))
		for key, e := range v {
			at := p.With(key)
			if want, isSet := set[key]; isSet {
				out[key] = redactKept(live, e, want, at)
			} else {
				out[key] = live.Redact(live.MayBeSensitive, e, at)
			}
		}
		return out
	case []any:
		set, _ := desired.([]any)
		out := slices.Clone(v)
		for i := range min(len(v), len(set)) {
			out[i] = redactKept(live, v[i], set[i], p.With(i))
		}
		return out
	}
	return v
}

// redactEdit redacts the values of an edit. A set with a sensitive member is redacted as a whole, because the members
// of the two sides have different indices.
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
