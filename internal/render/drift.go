package render

import (
	"strings"

	"ddmon/internal/plan"
)

// DriftText says what differs.
func DriftText(d *plan.Drifted) string {
	switch {
	case d.Class == plan.DriftDuplicate:
		return d.Address.Kind + " " + d.ID + " has the same name and belongs to no stack"
	case len(d.Paths) > 0:
		return strings.Join(d.Paths, ", ")
	case d.Class == plan.DriftDeleted:
		return "not in Datadog any more, or never applied"
	case d.Class == plan.DriftOrphaned:
		return "in Datadog, and not in the files any more"
	case d.Class == plan.DriftContested:
		return "left alone because of an error"
	}
	return ""
}

// ScopeOf says what of a monitor is silenced.
func ScopeOf(m *plan.Silenced) string {
	if m.Scope == "*" || m.Scope == "" {
		return "all of it"
	}
	return m.Scope
}
