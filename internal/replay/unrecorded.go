package replay

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/series"
	"ddmon/internal/suggest"
)

// Unrecorded is data that a monitor queries and that is not in the recording, so that the monitor cannot have noticed
// anything. Data in an absent block of the recording is not included.
type Unrecorded struct {
	// Kind is metric, tag, group, attribute, logs or events.
	Kind string `json:"kind"`
	// Name is the metric, the tag or the key of a group, or the search of logs and events. Of is what lacks it: a metric, or
	// logs or events.
	Name string `json:"name"`
	Of   string `json:"of,omitempty"`
	// Similar is a similar name that is recorded, or "".
	Similar string `json:"similar,omitempty"`
}

// The kinds of unrecorded data.
const (
	kindMetric = "metric"
	kindTag    = "tag"
	kindGroup  = "group"
	// kindAttribute is an attribute, facet or measure of logs or events.
	kindAttribute = "attribute"
)

// String describes it: "app.erors is not in the recording (similar: app.errors)".
func (u Unrecorded) String() string {
	text := u.Name + " is not in the recording"
	switch {
	case u.Kind == kindTag:
		text = u.Of + " has no " + u.Name + " in the recording"
	case u.Kind == kindGroup:
		text = u.Of + " has no tag " + u.Name + " in the recording"
	case u.Kind == kindAttribute:
		text = "no " + u.Of + " in the recording have " + u.Name
	case u.Name == "":
		text = "there are no " + u.Kind + " in the recording"
	case u.Kind != kindMetric:
		text = "no " + u.Kind + " in the recording match " + u.Name
	}
	if u.Similar != "" {
		text += " (similar: " + u.Similar + ")"
	}
	return text
}

// Unrecorded returns the data that the monitor queries and that is not in the recording. A composite queries none
// itself. Values that depend on sensitive values are object.Redacted.
func (m Monitor) Unrecorded(rec *series.Recording) []Unrecorded {
	list := m.unrecorded(rec, nil)
	if redactionFor(&m, false).measure {
		list = concealed(list)
	}
	return list
}

// concealed returns the list without names.
func concealed(list []Unrecorded) []Unrecorded {
	if len(list) == 0 {
		return nil
	}
	return []Unrecorded{{Kind: kindMetric, Name: object.Redacted}}
}

func (m Monitor) unrecorded(rec *series.Recording, a *evaluate.Account) []Unrecorded {
	view := monitor.FromBody(m.Body)
	q, err := ddquery.ParseMonitor(view.Type, view.Query)
	if err != nil || isComposite(m) {
		return nil
	}
	f := finderOf{rec: rec, account: a}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		f.metrics(root.Expr)
	case *ddquery.CheckQuery:
		f.check(root)
	case *ddquery.LogQuery:
		_, measure := root.Rollup()
		f.search(root.Source.Name, root.Search, append(ddquery.Names(root.By()), measure))
	case *ddquery.FormulaQuery:
		used := map[string]bool{}
		ddquery.Walk(root.Expr, func(n ddquery.Node) bool {
			if ref, ok := n.(*ddquery.Ref); ok {
				used[ref.Name] = true
			}
			return true
		})
		for i := range view.Options.Variables {
			if v := &view.Options.Variables[i]; used[v.Name] {
				f.variable(v)
			}
		}
	}
	return f.found
}

// finderOf finds unrecorded data.
type finderOf struct {
	rec     *series.Recording
	account *evaluate.Account
	found   []Unrecorded
}

func (f *finderOf) add(u Unrecorded) {
	if !slices.Contains(f.found, u) {
		f.found = append(f.found, u)
	}
}

func (f *finderOf) variable(v *monitor.Variable) {
	if v.DataSource != "metrics" {
		if s, err := ddquery.ParseSearch(v.Search); err == nil {
			facets := v.By
			if v.Compute != nil {
				facets = append(slices.Clone(facets), v.Compute.Metric)
			}
			f.search(v.DataSource, s, facets)
		}
		return
	}
	if x := v.Expr(); x != nil {
		f.metrics(x)
	}
}

// metrics finds the sources of an expression that select no series.
func (f *finderOf) metrics(x ddquery.Expr) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			f.source(s)
		}
		return true
	})
}

func (f *finderOf) source(s *ddquery.Source) {
	match, err := evaluate.CompileFilter(s.Scope.Filter)
	if err != nil {
		return // not evaluated
	}
	terms := positiveTags(s.Scope.Filter, nil)
	name := s.Metric.Name
	if f.rec.DeclaresAbsent(name, terms) || f.absentMetric(name) {
		return
	}
	all := f.rec.Metric(name)
	f.account.Spend(evaluate.SizeOf(s.Scope) * (1 + len(all)))
	selected := slices.DeleteFunc(slices.Clone(all), func(one *series.Series) bool { return !match(one.Tags) })
	if len(selected) == 0 {
		f.tags(name, terms, ddquery.Print(s.Scope), all)
		return
	}
	if s.By == nil {
		return
	}
	for _, key := range s.By.Keys {
		if key.Name != "*" && !slices.ContainsFunc(selected, func(one *series.Series) bool { return hasKey(one.Tags, key.Name) }) {
			f.add(Unrecorded{Kind: kindGroup, Name: key.Name, Of: name, Similar: suggest.Closest(key.Name, keysOf(selected))})
		}
	}
}

// absentMetric adds a metric that is not recorded at all.
func (f *finderOf) absentMetric(name string) bool {
	if len(f.rec.Metric(name)) > 0 {
		return false
	}
	var names []string
	for _, s := range f.rec.Series {
		if len(names) == 0 || names[len(names)-1] != s.Metric {
			names = append(names, s.Metric)
		}
	}
	f.add(Unrecorded{Kind: kindMetric, Name: name, Similar: suggest.Closest(name, names)})
	return true
}

// tags adds the tags that no series has, or the whole scope if only the combination does not exist.
func (f *finderOf) tags(name string, terms []string, scope string, all []*series.Series) {
	known := map[string]bool{}
	for _, s := range all {
		for _, tag := range s.Tags {
			known[strings.ToLower(tag)] = true
		}
	}
	missing := false
	for _, term := range terms {
		if !tagKnown(term, known) {
			missing = true
			f.add(Unrecorded{Kind: kindTag, Name: term, Of: name, Similar: suggest.Closest(term, sorted(known))})
		}
	}
	if !missing {
		f.add(Unrecorded{Kind: kindTag, Name: scope, Of: name})
	}
}

// check finds a service check whose scope or groups select nothing.
func (f *finderOf) check(q *ddquery.CheckQuery) {
	all := f.rec.Metric(q.Check.Value)
	terms := lower(ddquery.Names(q.Over()))
	if len(all) == 0 || f.rec.DeclaresAbsent(q.Check.Value, terms) {
		return // not evaluated
	}
	selected := slices.DeleteFunc(slices.Clone(all), func(one *series.Series) bool { return !inScope(one.Tags, q.Over(), true) })
	if len(selected) == 0 {
		f.tags(q.Check.Value, terms, strings.Join(terms, ","), all)
		return
	}
	for _, key := range ddquery.Names(q.By()) {
		if key != "*" && !slices.ContainsFunc(selected, func(one *series.Series) bool { return hasKey(one.Tags, key) }) {
			f.add(Unrecorded{Kind: kindGroup, Name: key, Of: q.Check.Value, Similar: suggest.Closest(key, keysOf(selected))})
		}
	}
}
