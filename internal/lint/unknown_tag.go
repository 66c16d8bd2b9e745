package lint

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func unknownTag() Rule {
	return Rule{Code: "unknown_tag", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			key, has, conflict := p.unknownKey(u.Source)
			switch {
			case key == nil:
			case conflict:
				p.addFinding(u.in(key), "Tags from two integrations",
					"Two integrations send %s, and none of its series has %s together with the other tags of the query, so nothing matches. One of them uses the tags %s. Use the tags of the integration that you run.",
					u.Metric.Name, key.Name, has)
			default:
				p.addFinding(u.in(key), "Metric does not have this tag",
					"The integration tags %s with %s. It adds %s only to other metrics, so nothing matches. Use a tag of this metric, or a metric with this tag.",
					u.Metric.Name, has, key.Name)
			}
		}
	}}
}

// unknownKey returns the first key of a source that the metric does not have, and the keys that it has. If the metric
// has several variants, both are of the variant that fits the source best; conflict reports that another variant has
// the key. A key that no metric of the family has can come from a host or from the Agent's configuration, so it is not
// returned.
func (p *pass) unknownKey(s *ddquery.Source) (unknown *ddquery.Ident, has string, conflict bool) {
	family := p.metrics.keys[familyOf(s.Metric.Name)]
	fewest := -1
	for _, m := range p.metrics.Of(s.Metric.Name) {
		if len(m.Tags) == 0 {
			return nil, "", false
		}
		var missing []*ddquery.Ident
		for _, key := range scopeKeys(s) {
			if family[key.Name] && !slices.Contains(m.Tags, key.Name) {
				missing = append(missing, key)
			}
		}
		if len(missing) == 0 {
			return nil, "", false
		}
		if fewest < 0 || len(missing) < fewest {
			fewest, unknown, has = len(missing), missing[0], strings.Join(m.Tags, ", ")
		}
	}
	if unknown != nil {
		for _, m := range p.metrics.Of(s.Metric.Name) {
			conflict = conflict || slices.Contains(m.Tags, unknown.Name)
		}
	}
	return unknown, has, conflict
}
