package plan

import (
	"encoding/json"
	"slices"
	"strconv"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// DriftClass says how an object differs from the configuration.
type DriftClass string

// The classes of drift.
const (
	DriftEdited    DriftClass = "edited"    // edited in Datadog after the last apply
	DriftUnapplied DriftClass = "unapplied" // the configuration changed, or the author of the change is unknown
	DriftMissing   DriftClass = "missing"   // deleted in Datadog, or never applied
	DriftOrphaned  DriftClass = "orphaned"  // in Datadog, but no longer in the configuration
	DriftContested DriftClass = "contested" // claimed by several objects, or its marker is damaged
	DriftBlocked   DriftClass = "blocked"   // not compared, or cannot be changed
	DriftDuplicate DriftClass = "duplicate" // an unmanaged object has the same name
)

// DriftReport lists the differences between a stack's live objects and its configuration.
type DriftReport struct {
	FormatVersion string    `json:"format_version"`
	Stack         string    `json:"stack"`
	Drifted       []Drifted `json:"drifted"`
	// Silenced are monitors with a mute or a downtime. That is not drift.
	Silenced []Silenced `json:"silenced"`
	// Plan is the plan that would revert the drift. It can have sensitive values.
	Plan *Plan `json:"-"`
}

// Drifted is one object.
type Drifted struct {
	Address object.Address `json:"address"`
	ID      string         `json:"id,omitempty"` // of the live object; of a DriftDuplicate, the unmanaged one
	Title   string         `json:"title"`
	Class   DriftClass     `json:"class"`
	// Reason is Change.Reason: why ddmon does not touch the object, and what to do.
	Reason string   `json:"reason,omitempty"`
	Paths  []string `json:"paths,omitempty"` // of the differences
	// Values are the values at the paths. planfile.Redactor sets them, because they can be sensitive.
	Values []DriftedValue `json:"values,omitempty"`
	// ModifiedAt is when the live object last changed, as Datadog writes it; empty if it was deleted.
	ModifiedAt string `json:"modified_at,omitempty"`
}

// DriftedValue is a value that differs. A nil side has no value.
type DriftedValue struct {
	At         string `json:"at"` // the path
	Configured any    `json:"configured"`
	Live       any    `json:"live"`
}

// Unapplied counts the objects that differ only because the configuration was not applied yet.
func (r *DriftReport) Unapplied() int {
	n := 0
	for i := range r.Drifted {
		if r.Drifted[i].Class == DriftUnapplied {
			n++
		}
	}
	return n
}

// Silenced is a muted monitor.
type Silenced struct {
	Address object.Address `json:"address"`
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	By      string         `json:"by"`              // "mute" or "downtime"
	Scope   string         `json:"scope"`           // "*" is the whole monitor
	Until   int64          `json:"until,omitempty"` // Unix seconds; 0 means no end
}

// Drift classifies the changes of a plan as drift. named are live objects of any owner with the name of one of the
// stack's objects; those without owner are duplicates.
func Drift(p *Plan, named []*object.Object) *DriftReport {
	report := &DriftReport{FormatVersion: "1.0", Stack: p.Stack, Drifted: []Drifted{}, Silenced: []Silenced{}, Plan: p}
	sameName := make(map[string][]*Change, len(p.Changes))
	for i := range p.Changes {
		c := &p.Changes[i]
		named := c.Address.Kind + "\x00" + c.Title
		sameName[named] = append(sameName[named], c)
		if class := driftClass(c); class != "" {
			d := Drifted{Address: c.Address, ID: c.ID, Title: c.shownTitle(), Class: class, Reason: c.Reason, ModifiedAt: c.ModifiedAt}
			for _, e := range c.Edits {
				if at := c.Desired.ShownPath(e.Path).String(); !slices.Contains(d.Paths, at) {
					d.Paths = append(d.Paths, at)
				}
			}
			report.Drifted = append(report.Drifted, d)
		}
		report.Silenced = append(report.Silenced, silencedIn(c)...)
	}
	for _, o := range named {
		k := kind.Named(o.Address.Kind)
		title := k.TitleOf(o.Body)
		if !o.Marker.IsZero() {
			continue
		}
		for _, c := range sameName[o.Address.Kind+"\x00"+title] {
			report.Drifted = append(report.Drifted, Drifted{Address: c.Address, ID: o.ID, Title: c.shownTitle(), Class: DriftDuplicate, ModifiedAt: k.ModifiedAt(o.Body)})
		}
	}
	slices.SortStableFunc(report.Drifted, func(x, y Drifted) int { return x.Address.Compare(y.Address) })
	return report
}

// shownTitle returns the title, redacted if it is sensitive.
func (c *Change) shownTitle() string {
	if c.Desired.TitleIsSensitive() {
		return object.Redacted
	}
	return c.Title
}

func driftClass(c *Change) DriftClass {
	switch c.Action {
	case Update, Replace:
		if c.EditedOutside {
			return DriftEdited
		}
		return DriftUnapplied
	case Create:
		return DriftMissing
	case Delete:
		return DriftOrphaned
	case Blocked:
		switch {
		case c.Contested:
			return DriftContested
		case !c.Configured():
			return DriftOrphaned
		}
		return DriftBlocked
	case NoOp:
	}
	return ""
}

// silencedIn returns the mutes in the monitor's options and the downtimes that Datadog lists with it.
func silencedIn(c *Change) []Silenced {
	var out []Silenced
	s := Silenced{Address: c.Address, ID: c.ID, Title: c.shownTitle()}
	options, _ := c.Before["options"].(map[string]any)
	mutes, _ := options["silenced"].(map[string]any)
	for _, scope := range object.SortedKeys(mutes) {
		s.By, s.Scope, s.Until = "mute", scope, seconds(mutes[scope])
		out = append(out, s)
	}
	downtimes, _ := c.Before["matching_downtimes"].([]any)
	for _, d := range downtimes {
		downtime, _ := d.(map[string]any)
		if downtime["active"] != true {
			continue
		}
		s.By, s.Scope, s.Until = "downtime", "", seconds(downtime["end"])
		scopes, _ := downtime["scope"].([]any)
		for _, scope := range scopes {
			text, _ := scope.(string)
			if s.Scope != "" {
				s.Scope += ","
			}
			s.Scope += text
		}
		out = append(out, s)
	}
	return out
}

func seconds(v any) int64 {
	n, _ := v.(json.Number)
	out, _ := strconv.ParseInt(string(n), 10, 64)
	return out
}
