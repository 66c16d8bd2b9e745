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
	DriftEdited    DriftClass = "edited"    // in Datadog, since the last apply
	DriftUnapplied DriftClass = "unapplied" // the files changed, or nobody knows who did
	DriftDeleted   DriftClass = "deleted"   // in Datadog; or it was never applied
	DriftExtra     DriftClass = "left over" // in Datadog, and no longer in the files
	DriftContested DriftClass = "contested" // claimed by several objects, or its marker is damaged
	DriftTwin      DriftClass = "twin"      // an object that belongs to no stack has the name of this one
)

// DriftReport is how a stack differs from its configuration.
type DriftReport struct {
	FormatVersion string    `json:"format_version"`
	Stack         string    `json:"stack"`
	Drifted       []Drifted `json:"drifted"`
	// Silenced are monitors that somebody on call has muted or given a downtime, which is no drift.
	Silenced []Silenced `json:"silenced"`
}

// Drifted is one object.
type Drifted struct {
	Address object.Address `json:"address"`
	ID      string         `json:"id,omitempty"` // of the live object concerned; of a twin, the twin's
	Title   string         `json:"title"`
	Class   DriftClass     `json:"class"`
	Paths   []string       `json:"paths,omitempty"` // what differs
	// ModifiedAt is when the live object last changed, as Datadog writes it; empty if it is gone.
	ModifiedAt string `json:"modified_at,omitempty"`
}

// Silenced is a monitor that tells nobody for now.
type Silenced struct {
	Address object.Address `json:"address"`
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	By      string         `json:"by"`              // "mute" or "downtime"
	Scope   string         `json:"scope"`           // "*" is all of it
	Until   int64          `json:"until,omitempty"` // Unix seconds; 0 is without an end
}

// Drift sorts the changes of a plan by what they mean for a stack whose files nobody is about to change. named are
// live objects of whatever owner that bear a name of the stack's objects; those without owner are twins.
func Drift(p *Plan, named []*object.Object) *DriftReport {
	report := &DriftReport{FormatVersion: "1.0", Stack: p.Stack, Drifted: []Drifted{}, Silenced: []Silenced{}}
	addresses := make(map[string][]object.Address, len(p.Changes))
	for i := range p.Changes {
		c := &p.Changes[i]
		named := c.Address.Kind + "\x00" + c.Title
		addresses[named] = append(addresses[named], c.Address)
		if class := driftClass(c); class != "" {
			d := Drifted{Address: c.Address, ID: c.ID, Title: c.shownTitle(), Class: class, ModifiedAt: c.ModifiedAt}
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
		for _, a := range addresses[o.Address.Kind+"\x00"+title] {
			report.Drifted = append(report.Drifted, Drifted{Address: a, ID: o.ID, Title: title, Class: DriftTwin, ModifiedAt: k.ModifiedAt(o.Body)})
		}
	}
	slices.SortStableFunc(report.Drifted, func(x, y Drifted) int { return x.Address.Compare(y.Address) })
	return report
}

// shownTitle is the title as it may be shown.
func (c *Change) shownTitle() string {
	if c.Desired.Touches(object.Path{"name"}) || c.Desired.Touches(object.Path{"title"}) {
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
		return DriftDeleted
	case Delete:
		return DriftExtra
	case Blocked:
		if !c.Configured() && !c.Contested {
			return DriftExtra
		}
		return DriftContested
	case NoOp:
	}
	return ""
}

// silencedIn reads mutes, which stand in the options, and downtimes, which lists add.
func silencedIn(c *Change) []Silenced {
	var out []Silenced
	s := Silenced{Address: c.Address, ID: c.ID, Title: c.Title}
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
