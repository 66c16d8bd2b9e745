package render

import (
	"strconv"
	"strings"

	"ddmon/internal/plan"
)

// DriftText describes how an object differs.
func DriftText(d *plan.Drifted) string {
	switch {
	case d.Class == plan.DriftDuplicate:
		return d.Address.Kind + " " + d.ID + " has the same name and is unmanaged"
	case d.Reason != "":
		return d.Reason
	case len(d.Paths) > 0:
		return strings.Join(d.Paths, ", ")
	case d.Class == plan.DriftMissing:
		return "deleted in Datadog, or never applied"
	case d.Class == plan.DriftOrphaned:
		return "in Datadog but no longer in the configuration"
	}
	return ""
}

// DriftClasses are the classes of drift, the most important first.
func DriftClasses() []plan.DriftClass {
	return []plan.DriftClass{
		plan.DriftEdited, plan.DriftMissing, plan.DriftContested, plan.DriftBlocked, plan.DriftOrphaned, plan.DriftDuplicate, plan.DriftUnapplied,
	}
}

// DriftCounts counts the objects by class: "2 edited, 1 not applied yet".
func DriftCounts(r *plan.DriftReport) string {
	counts := map[plan.DriftClass]int{}
	for i := range r.Drifted {
		counts[r.Drifted[i].Class]++
	}
	var parts []string
	for _, class := range DriftClasses() {
		name := string(class)
		if class == plan.DriftUnapplied {
			name = "not applied yet"
		}
		if n := counts[class]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+name)
		}
	}
	return strings.Join(parts, ", ")
}

// MutedScope is the scope of a mute or downtime.
func MutedScope(m *plan.Silenced) string {
	if m.Scope == "*" || m.Scope == "" {
		return "entire monitor"
	}
	return m.Scope
}
