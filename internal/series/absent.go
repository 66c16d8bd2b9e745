package series

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// absent reads an absent block.
func (l *loader) absent(block *hcl.Block) {
	content, diags := block.Body.Content(absentType.Schema())
	if l.diags = append(l.diags, diags...); diags.HasErrors() {
		return
	}
	one := Absent{Name: block.Labels[0], Tags: l.tags(content), Range: block.DefRange}
	slices.Sort(one.Tags)
	var ok bool
	if one.Reason, _, ok = l.stringAttribute(content, "reason"); !ok {
		return
	}
	switch {
	case !metricName.MatchString(one.Name):
		l.fail("Invalid metric name", fmt.Sprintf("%q is not a valid metric name. Write the name of a metric or service check, logs or events.", truncate(one.Name)), block.LabelRanges[0])
	case len(l.recording.Absent) >= MaxAbsent:
		l.fail("Too many absent blocks", fmt.Sprintf("The recording has more than %d absent blocks (limit MaxAbsent). Keep those that tests need.", MaxAbsent), block.DefRange)
	default:
		l.recording.Absent = append(l.recording.Absent, one)
	}
}

// checkAbsent reports series that are both recorded and absent.
func (l *loader) checkAbsent() {
	for i := range l.recording.Absent {
		one := &l.recording.Absent[i]
		for _, s := range l.recording.Metric(one.Name) {
			if containsAll(s.Tags, one.Tags) {
				l.fail("Absent series is recorded", fmt.Sprintf("The series at %s has samples of %s. Remove the series or the absent block, or add tags to the block.", s.Range, one.Name), one.Range)
				break
			}
		}
	}
}

// DeclaresAbsent reports whether the recording declares that a metric, or logs or events, with all these tags is absent.
func (r *Recording) DeclaresAbsent(name string, tags []string) bool {
	return r.DeclaredAbsent(name, tags) != nil
}

// DeclaredAbsent returns the declaration that a metric, or logs or events, with all these tags is absent, or nil.
func (r *Recording) DeclaredAbsent(name string, tags []string) *Absent {
	i := slices.IndexFunc(r.Absent, func(a Absent) bool { return a.Name == name && containsAll(tags, a.Tags) })
	if i < 0 {
		return nil
	}
	return &r.Absent[i]
}

// containsAll reports whether all of some tags are among others, ignoring case as Datadog does.
func containsAll(tags, some []string) bool {
	for _, want := range some {
		if !slices.ContainsFunc(tags, func(tag string) bool { return strings.EqualFold(tag, want) }) {
			return false
		}
	}
	return true
}
