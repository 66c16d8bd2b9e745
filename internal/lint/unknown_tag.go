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
			key, has, conflict := p.strangeKey(u.Source)
			switch {
			case key == nil:
			case conflict:
				p.find(u.in(key), "Tags of two integrations",
					"%s comes from two integrations; no series of it has %s together with the other tags here, so nothing matches. One has the tags %s. Write the tags of the one that runs.",
					u.Metric.Name, key.Name, has)
			default:
				p.find(u.in(key), "Tag that the metric does not have",
					"The integration that sends %s gives it the tags %s, and %s only to others of its metrics, so nothing matches. Write the metric's own tag, or the metric that has this one.",
					u.Metric.Name, has, key.Name)
			}
		}
	}}
}

// strangeKey returns the first key of a source that the metric does not have in the flavour that fits the source best,
// and the keys of that flavour. A key that no metric of the family has may come from a host or a configuration; it is
// never strange. conflict says that another flavour does have the key.
func (p *pass) strangeKey(s *ddquery.Source) (strange *ddquery.Ident, has string, conflict bool) {
	family := p.facts.keys[familyOf(s.Metric.Name)]
	fewest := -1
	for _, m := range p.facts.Of(s.Metric.Name) {
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
			fewest, strange, has = len(missing), missing[0], strings.Join(m.Tags, ", ")
		}
	}
	if strange != nil {
		for _, m := range p.facts.Of(s.Metric.Name) {
			conflict = conflict || slices.Contains(m.Tags, strange.Name)
		}
	}
	return strange, has, conflict
}
