package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// found is a monitor as searches see it.
type found struct {
	name   string
	fields map[string][]string
	result object
}

// perPage is the size of a page of search results; maxPages bounds both the number and the size.
const (
	perPage  = 30
	maxPages = 1 << 30
)

func (ac *account) searchMonitors(r *http.Request) *answer {
	q := r.URL.Query()
	wanted, refusal := parseSearch(q.Get("query"))
	page, size, pageRefusal := searchPage(q)
	if refusal = cmp.Or(refusal, pageRefusal); refusal != "" {
		return badRequest(refusal)
	}
	all, err := ac.listed(r.Context()).search(wanted)
	if err != nil {
		return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	sortFound(all, q.Get("sort"))
	results := []any{}
	for _, m := range all[min(page*size, len(all)):min((page+1)*size, len(all))] {
		results = append(results, m.result)
	}
	return ok(object{
		"monitors": results,
		"counts":   countFound(all),
		"metadata": object{"total_count": len(all), "page_count": (len(all) + size - 1) / size, "page": page, "per_page": size},
	})
}

// searchMonitorGroups knows of no groups, because nothing is evaluated here.
func (ac *account) searchMonitorGroups(r *http.Request) *answer {
	q := r.URL.Query()
	_, refusal := parseSearch(q.Get("query"))
	page, size, pageRefusal := searchPage(q)
	if refusal = cmp.Or(refusal, pageRefusal); refusal != "" {
		return badRequest(refusal)
	}
	return ok(object{
		"groups":   []any{},
		"counts":   object{"status": []any{}, "type": []any{}},
		"metadata": object{"total_count": 0, "page_count": 0, "page": page, "per_page": size},
	})
}

func searchPage(q url.Values) (page, size int, refusal string) {
	p, pageRefusal := number(q, "page", 0)
	n, sizeRefusal := number(q, "per_page", perPage)
	if n == 0 && sizeRefusal == "" {
		sizeRefusal = invalidParameter("per_page")
	}
	return int(min(p, maxPages)), int(min(n, maxPages)), cmp.Or(pageRefusal, sizeRefusal)
}

func (x *index) search(wanted search) ([]*found, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []*found
	for _, id := range x.order {
		m, err := decodeObject(x.monitors[id].body)
		if err != nil {
			return nil, err
		}
		if f := newFound(m); wanted.matches(f) {
			out = append(out, f)
		}
	}
	return out, nil
}

func newFound(m object) *found {
	query, tags := text(m, "query"), texts(m["tags"])
	options, _ := m["options"].(object)
	silenced, _ := options["silenced"].(object)
	result := object{
		"classification": classification(text(m, "type"), query), "status": m["overall_state"],
		"scopes": scopes(query), "metrics": metrics(query), "notifications": notifications(text(m, "message")),
		"creator": without(creator(), "email"), "muted_until_ts": nil, "last_triggered_ts": nil,
		"restricted_roles": []any{},
	}
	for _, key := range []string{"id", "name", "query", "tags", "org_id", "priority", "overall_state_modified", "type"} {
		result[key] = m[key]
	}
	for _, key := range []string{"scopes", "metrics"} {
		if list, _ := result[key].([]string); list == nil {
			result[key] = []string{}
		}
	}
	if m["restricted_roles"] != nil {
		result["restricted_roles"] = m["restricted_roles"]
	}
	return &found{name: text(m, "name"), result: result, fields: map[string][]string{
		"tag": tags, "type": {text(result, "classification"), text(m, "type")}, "status": {text(m, "overall_state")},
		"id": {numberText(m["id"])}, "priority": {"p" + numberText(m["priority"]), numberText(m["priority"])},
		"muted": {fmt.Sprint(len(silenced) > 0)}, "scope": scopes(query), "metric": metrics(query),
	}}
}

func numberText(v any) string {
	n, _ := v.(json.Number)
	return n.String()
}

// classification is the kind of monitor as the search knows it.
func classification(kind, query string) string {
	switch {
	case metricType(kind) && strings.Contains(query, "anomalies("):
		return "anomaly"
	case metricType(kind) && strings.Contains(query, "forecast("):
		return "forecast"
	case metricType(kind) && strings.Contains(query, "outliers("):
		return "outlier"
	case metricType(kind):
		return "metric"
	case kind == "service check":
		return "custom"
	}
	return strings.TrimSuffix(kind, " alert")
}

var handlePattern = regexp.MustCompile(`(?:^|\s)@([\w.@-]*\w)`)

func notifications(message string) []any {
	out := []any{}
	for _, m := range handlePattern.FindAllStringSubmatch(message, -1) {
		out = append(out, object{"handle": m[1], "name": m[1]})
	}
	return out
}

// sortFound orders by name if asked to; by id, as they came, otherwise.
func sortFound(all []*found, order string) {
	field, direction, _ := strings.Cut(order, ",")
	if field != "name" {
		return
	}
	slices.SortStableFunc(all, func(a, b *found) int {
		if direction == "desc" {
			a, b = b, a
		}
		return strings.Compare(a.name, b.name)
	})
}

// countFound says how often each value occurs, the most frequent first.
func countFound(all []*found) object {
	counts := object{}
	for name, of := range map[string]func(*found) []string{
		"tag":    func(m *found) []string { return m.fields["tag"] },
		"type":   func(m *found) []string { return m.fields["type"][:1] },
		"status": func(m *found) []string { return m.fields["status"] },
		"muted":  func(m *found) []string { return m.fields["muted"] },
	} {
		tally := map[string]int{}
		for _, m := range all {
			for _, value := range of(m) {
				tally[value]++
			}
		}
		counts[name] = tallied(tally, name == "muted")
	}
	return counts
}

func tallied(tally map[string]int, asBool bool) []any {
	var names []string
	for name := range tally {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(tally[b], tally[a]), strings.Compare(a, b))
	})
	out := []any{}
	for _, name := range names {
		var value any = name
		if asBool {
			value = name == "true"
		}
		out = append(out, object{"name": value, "count": tally[name]})
	}
	return out
}
