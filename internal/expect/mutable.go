package expect

import (
	"maps"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/monitorcheck"
	"ddmon/internal/object"
)

// mutable is a copy of a monitor whose parts can be changed. The original body does not change.
type mutable struct {
	of    map[string]any
	query *ddquery.MonitorQuery
	// text is the query. In a composite, refs are the addresses of the ids that are not known yet.
	text string
	refs map[string]object.Address
	// fields and options are copies of the body and its options; thresholds is a copy of options.thresholds.
	fields, options, thresholds map[string]any
}

// newMutable copies a monitor. ok is false if its query cannot be parsed.
func newMutable(body map[string]any) (m *mutable, ok bool) {
	options, _ := body["options"].(map[string]any)
	thresholds, _ := options["thresholds"].(map[string]any)
	m = &mutable{of: body, fields: maps.Clone(body), options: orEmpty(maps.Clone(options)), thresholds: orEmpty(maps.Clone(thresholds))}
	m.text, m.refs, ok = queryText(body["query"])
	if !ok {
		return m, false
	}
	kind, _ := body["type"].(string)
	q, err := ddquery.ParseMonitor(kind, m.text)
	m.query = q
	return m, err == nil
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// queryText returns a query as text. An unknown id becomes a number that is not in the query otherwise.
func queryText(query any) (text string, refs map[string]object.Address, ok bool) {
	switch q := query.(type) {
	case string:
		return q, nil, true
	case object.Text:
		unused := "9"
		for strings.Contains(q.String(), unused) {
			unused += "9"
		}
		refs = map[string]object.Address{}
		var b strings.Builder
		for i, part := range q {
			if part.Ref == nil {
				b.WriteString(part.Literal)
				continue
			}
			id := unused + "0" + strconv.Itoa(i) + "0" + unused
			refs[id] = *part.Ref
			b.WriteString(id)
		}
		return b.String(), refs, true
	}
	return "", nil, false
}

// value returns the query for the body: with references instead of the numbers of queryText.
func (m *mutable) value() any {
	if len(m.refs) == 0 {
		return m.text
	}
	var out object.Text
	rest := 0
	for i := 0; i < len(m.text); i++ {
		for id, address := range m.refs {
			if strings.HasPrefix(m.text[i:], id) {
				out = append(out, object.Part{Literal: m.text[rest:i]}, object.Part{Ref: &address})
				i += len(id) - 1
				rest = i + 1
				break
			}
		}
	}
	return append(out, object.Part{Literal: m.text[rest:]})
}

// body returns the changed body.
func (m *mutable) body() map[string]any {
	out := maps.Clone(m.fields)
	out["query"] = m.value()
	options := maps.Clone(m.options)
	if len(m.thresholds) > 0 || options["thresholds"] != nil {
		options["thresholds"] = m.thresholds
	}
	if len(options) > 0 || out["options"] != nil {
		out["options"] = options
	}
	return out
}

// rejected reports whether Datadog would reject the changed monitor, or misread it, for a reason that does not apply to
// the original.
func rejected(changed, original map[string]any) bool {
	known := problems(original)
	for problem := range problems(changed) {
		if !known[problem] {
			return true
		}
	}
	return false
}

// problems returns the problems of a monitor by code and field: those that Datadog would reject, and thresholds in an
// invalid order.
func problems(body map[string]any) map[[2]string]bool {
	found := map[[2]string]bool{}
	for _, p := range monitorcheck.Check(monitor.FromBody(body)) {
		if p.Severity == monitorcheck.SeverityError || strings.HasPrefix(p.Field, "options.thresholds") {
			found[[2]string{p.Code, p.Field}] = true
		}
	}
	return found
}
