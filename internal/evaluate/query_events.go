package evaluate

import (
	"slices"
	"sort"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// NewLogQuery compiles logs("…").rollup("count").by("service") without its comparison.
func NewLogQuery(in Input, q *ddquery.LogQuery) (*Query, error) {
	agg, measure := q.Rollup()
	e, err := newEventQuery(in, nil, q.Source.Name, q.Search, agg, measure, ddquery.Names(q.By()))
	if err != nil {
		return nil, err
	}
	return &Query{Scalar: newPresent(e, in.Account), Events: true, Sample: e.sample}, nil
}

// eventQuery counts logs or events in a window, or aggregates a measure.
type eventQuery struct {
	Base
	agg     aggregator
	out     []float64
	account *Account
	steps   int // for each log or event in a window
	// found has the matching documents by group name.
	found map[string][]Document
}

// eventSteps returns the cost of a log or event in each window, by aggregation.
func eventSteps(agg string) int {
	if _, simple := aggregatorOf(agg); simple {
		return 1
	}
	return 20 // sorted or compared with all others
}

// searchPartSteps is the cost of each part of a search for each step of a document's size.
const searchPartSteps = 16

func (e *eventQuery) At(from, to int64) []float64 {
	e.out = e.out[:0]
	for _, m := range e.Members {
		values := m[0].in(from, to)
		e.account.Spend(SearchSteps + e.steps*len(values))
		e.out = append(e.out, e.agg(values))
	}
	if e.Sparse {
		zeroFill(e.out)
	}
	return e.out
}

// sample returns the latest document of a group before a time.
func (e *eventQuery) sample(group Tags, to int64) Document {
	var latest Document
	found := e.found[group.String()]
	if i := sort.Search(len(found), func(i int) bool { return found[i].At() >= to }); i > 0 {
		latest = found[i-1]
	}
	return latest
}

// documents returns the documents of a data source.
func documents(rec *series.Recording, source string) ([]Document, error) {
	var all []Document
	switch source {
	case "logs":
		for i := range rec.Logs {
			all = append(all, Document{Log: &rec.Logs[i]})
		}
	case "events":
		for i := range rec.Events {
			all = append(all, Document{Event: &rec.Events[i]})
		}
	default:
		return nil, NotEvaluated("recordings do not include " + source)
	}
	return all, nil
}

// newEventQuery searches the recording once. measure is an attribute or, for a cardinality, any facet.
func newEventQuery(in Input, others *allGroups, source string, search *ddquery.Search, agg, measure string, keys []string) (*eventQuery, error) {
	a := in.Account
	e := &eventQuery{account: a, steps: eventSteps(agg), found: map[string][]Document{}}
	e.Base = Base{Keys: keys, Lookbacks: []int64{0}, Counts: agg == "count", Sparse: agg == "count"}
	var ok bool
	if e.agg, ok = eventAggregator(agg); !ok {
		return nil, NotEvaluated("the aggregation " + agg + " is not supported")
	}
	match, err := CompileSearch(search)
	if err != nil {
		return nil, err
	}
	all, err := documents(in.Recording, source)
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
		e.add(at, Tags{})
	}
	parts := SizeOf(search)
	for _, d := range all {
		a.Spend(searchPartSteps * parts * d.size())
		value, ok := measured(d)
		if !ok || !match(d) {
			continue
		}
		for _, g := range facetGroups(d, facets, a) {
			a.Keep(1, SampleBytes+16)
			s := e.add(at, g)
			s.At, s.Values = append(s.At, d.At()), append(s.Values, value)
			e.found[g.String()] = append(e.found[g.String()], d)
		}
	}
	if e.Sparse {
		missing := others.of(keys)
		a.Keep(len(missing), groupBytes)
		for _, g := range missing {
			e.add(at, g)
		}
	}
	others.add(&e.Base)
	a.Spend(SortSteps * len(e.Groups))
	SortGroups(e.Groups, e.Members)
	return e, nil
}

// add returns the samples of a group, which it creates if necessary.
func (e *eventQuery) add(at map[string]int, g Tags) *Samples {
	name := g.sorted()
	i, ok := at[name]
	if !ok {
		i = len(e.Groups)
		at[name] = i
		e.Groups, e.Members = append(e.Groups, g), append(e.Members, []*Samples{{}})
	}
	return e.Members[i][0]
}

// facetGroups returns the groups of a document; none if a facet is missing.
func facetGroups(d Document, facets []*ddquery.Field, a *Account) []Tags {
	groups := []Tags{{}}
	for _, f := range facets {
		var next []Tags
		for _, v := range valuesOf(d, f) {
			a.Keep(len(groups), groupBytes)
			for _, g := range groups {
				next = append(next, append(slices.Clone(g), f.Raw+":"+v))
			}
		}
		groups = next
	}
	return groups
}

// measurement returns the function that gives the value of a document: 1 for count, a number per distinct string for
// cardinality, otherwise the measure.
func measurement(agg, measure string) func(Document) (float64, bool) {
	field := facet(measure)
	switch agg {
	case "count":
		return func(Document) (float64, bool) { return 1, true }
	case "cardinality":
		numbers := map[string]float64{}
		return func(d Document) (float64, bool) {
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
	return func(d Document) (float64, bool) {
		v, _ := d.attribute(field.Name)
		return object.Float(v)
	}
}
