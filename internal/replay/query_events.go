package replay

import (
	"slices"
	"sort"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// newLogQuery compiles logs("…").rollup("count").by("service") without its comparison.
func newLogQuery(in input, q *ddquery.LogQuery) (*Query, error) {
	agg, measure := q.Rollup()
	e, err := newEventQuery(in.account, in.rec, q.Source.Name, q.Search, agg, measure, ddquery.Names(q.By()))
	if err != nil {
		return nil, err
	}
	return &Query{scalar: e, events: true, sample: e.sample}, nil
}

// eventQuery counts logs or events in a window, or aggregates what they measure.
type eventQuery struct {
	base
	agg aggregator
	out []float64
	// account counts what is looked at.
	account *account
	steps   int // for each log or event in a window
	// found are the documents of each group, by name.
	found map[string][]document
}

// eventSteps is what a log or event costs in each window that it is in, by what is made of it.
func eventSteps(agg string) int {
	if _, simple := aggregatorOf(agg); simple {
		return 1
	}
	return 20 // it is sorted, or compared with all others
}

// searchPartSteps is what a part of a search costs over a document, for each step of the document's size.
const searchPartSteps = 16

func (e *eventQuery) at(from, to int64) []float64 {
	e.out = e.out[:0]
	for _, m := range e.members {
		values := m[0].in(from, to)
		e.account.spend(searchSteps + e.steps*len(values))
		e.out = append(e.out, e.agg(values))
	}
	return e.out
}

// sample is a group's latest document before a time.
func (e *eventQuery) sample(group tagset, to int64) document {
	var latest document
	found := e.found[group.String()]
	if i := sort.Search(len(found), func(i int) bool { return found[i].at() >= to }); i > 0 {
		latest = found[i-1]
	}
	return latest
}

// documents returns what a data source has recorded.
func documents(rec *series.Recording, source string) ([]document, error) {
	var all []document
	switch source {
	case "logs":
		for i := range rec.Logs {
			all = append(all, document{log: &rec.Logs[i]})
		}
	case "events":
		for i := range rec.Events {
			all = append(all, document{event: &rec.Events[i]})
		}
	default:
		return nil, notEvaluated(source + " is not recorded")
	}
	return all, nil
}

// newEventQuery searches the recording once. measure is an attribute, or for a cardinality any facet.
func newEventQuery(a *account, rec *series.Recording, source string, search *ddquery.Search, agg, measure string, keys []string) (*eventQuery, error) {
	e := &eventQuery{account: a, steps: eventSteps(agg), base: base{backs: []int64{0}, counts: agg == "count"}, found: map[string][]document{}}
	var ok bool
	if e.agg, ok = eventAggregator(agg); !ok {
		return nil, notEvaluated("the aggregation " + agg)
	}
	match, err := compileSearch(search)
	if err != nil {
		return nil, err
	}
	all, err := documents(rec, source)
	if err != nil {
		return nil, err
	}
	facets := make([]*ddquery.Field, len(keys))
	for i, key := range keys {
		facets[i] = facet(key)
	}
	measured := measurement(agg, measure)
	at := map[string]int{}
	if len(keys) == 0 {
		e.add(at, tagset{})
	}
	parts := sizeOf(search)
	for _, d := range all {
		a.spend(searchPartSteps * parts * d.size())
		value, ok := measured(d)
		if !ok || !match(d) {
			continue
		}
		for _, g := range facetGroups(d, facets, a) {
			a.keep(1, sampleBytes+16)
			s := e.add(at, g)
			s.at, s.values = append(s.at, d.at()), append(s.values, value)
			e.found[g.String()] = append(e.found[g.String()], d)
		}
	}
	a.spend(sortSteps * len(e.groups))
	sortGroups(e.groups, e.members)
	return e, nil
}

// add returns the stream of a group, a new one for a group not yet known.
func (e *eventQuery) add(at map[string]int, g tagset) *samples {
	name := g.String()
	i, ok := at[name]
	if !ok {
		i = len(e.groups)
		at[name] = i
		e.groups, e.members = append(e.groups, g), append(e.members, []*samples{{}})
	}
	return e.members[i][0]
}

// facet reads a facet or measure as written: @http.url, service, a tag's key.
func facet(key string) *ddquery.Field {
	f := &ddquery.Field{Raw: key, Name: key}
	switch {
	case strings.HasPrefix(key, "@"):
		f.Kind, f.Name = ddquery.FieldAttribute, key[1:]
	case slices.Contains([]string{"host", "source", "status", "service", "trace_id", "message"}, key):
		f.Kind = ddquery.FieldReserved
	}
	return f
}

// facetGroups are the groups of a document; none if it lacks a facet.
func facetGroups(d document, facets []*ddquery.Field, a *account) []tagset {
	groups := []tagset{{}}
	for _, f := range facets {
		var next []tagset
		for _, v := range valuesOf(d, f) {
			a.keep(len(groups), groupBytes)
			for _, g := range groups {
				next = append(next, append(slices.Clone(g), f.Raw+":"+v))
			}
		}
		groups = next
	}
	return groups
}

// measurement returns the number that a document stands for: 1 to count it, a number for each text to tell texts
// apart, or its measure.
func measurement(agg, measure string) func(document) (float64, bool) {
	field := facet(measure)
	switch agg {
	case "count":
		return func(document) (float64, bool) { return 1, true }
	case "cardinality":
		numbers := map[string]float64{}
		return func(d document) (float64, bool) {
			values := valuesOf(d, field)
			if len(values) == 0 {
				return 0, false
			}
			n, ok := numbers[values[0]]
			if !ok {
				n = float64(len(numbers))
				numbers[values[0]] = n
			}
			return n, true
		}
	}
	return func(d document) (float64, bool) {
		v, _ := d.attribute(field.Name)
		return object.Float(v)
	}
}
