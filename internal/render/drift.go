package render

import (
	"strings"

	"ddmon/internal/plan"
)

// DriftText describes how an object differs.
func DriftText(d *plan.Drifted) string {
	switch {
	case d.Class == plan.DriftDuplicate:
		return d.Address.Kind + " " + d.ID + " has the same name and is unmanaged"
	case len(d.Paths) > 0:
		return strings.Join(d.Paths, ", ")
	case d.Class == plan.DriftDeleted:
		return "deleted in Datadog, or never applied"
	case d.Class == plan.DriftOrphaned:
		return "in Datadog but no longer in the configuration"
	case d.Class == plan.DriftContested:
		return "blocked by an error"
	}
	return ""
}

// MutedScope is the scope of a mute or downtime.
func MutedScope(m *plan.Silenced) string {
	if m.Scope == "*" || m.Scope == "" {
		return "entire monitor"
	}
	return m.Scope
}
