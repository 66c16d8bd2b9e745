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

// searchResult is a monitor with the fields that searches use.
type searchResult struct {
	name   string
	fields map[string][]string
	result object
}

// perPage is the default size of a page of search results. maxPages limits both the page number and the size.
const (
	perPage  = 30
	maxPages = 1 << 30
)

func (ac *account) searchMonitors(r *http.Request) *response {
	q := r.URL.Query()
	wanted, problem := parseSearch(q.Get("query"))
	page, size, pageProblem := searchPage(q)
	if problem = cmp.Or(problem, pageProblem); problem != "" {
		return badRequest(problem)
	}
	all, err := ac.listed(r.Context()).search(wanted)
	if err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	sortResults(all, q.Get("sort"))
	results := []any{}
	for _, m := range all[min(page*size, len(all)):min((page+1)*size, len(all))] {
		results = append(results, m.result)
	}
	return ok(object{
		"monitors": results,
		"counts":   countResults(all),
		"metadata": object{"total_count": len(all), "page_count": (len(all) + size - 1) / size, "page": page, "per_page": size},
	})
}

// searchMonitorGroups always returns no groups, because the sandbox does not evaluate monitors.
func (ac *account) searchMonitorGroups(r *http.Request) *response {
	q := r.URL.Query()
	_, problem := parseSearch(q.Get("query"))
	page, size, pageProblem := searchPage(q)
	if problem = cmp.Or(problem, pageProblem); problem != "" {
		return badRequest(problem)
	}
	return ok(object{
		"groups":   []any{},
		"counts":   object{"status": []any{}, "type": []any{}},
		"metadata": object{"total_count": 0, "page_count": 0, "page": page, "per_page": size},
	})
}

func searchPage(q url.Values) (page, size int, problem string) {
	p, pageProblem := intParam(q, "page", 0)
	n, sizeProblem := intParam(q, "per_page", perPage)
	if n == 0 && sizeProblem == "" {
		sizeProblem = invalidParameter("per_page")
	}
	return int(min(p, maxPages)), int(min(n, maxPages)), cmp.Or(pageProblem, sizeProblem)
}

func (x *index) search(wanted search) ([]*searchResult, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []*searchResult
	for _, id := range x.monitorIDs {
		m, err := decodeObject(x.monitors[id].body)
		if err != nil {
			return nil, err
		}
		if f := newSearchResult(m); wanted.matches(f) {
			out = append(out, f)
		}
	}
	return out, nil
}

func newSearchResult(m object) *searchResult {
	query, tags := stringField(m, "query"), stringList(m["tags"])
	options, _ := m["options"].(object)
	silenced, _ := options["silenced"].(object)
	result := object{
		"classification": classification(stringField(m, "type"), query), "status": m["overall_state"],
		"scopes": queryScopes(query), "metrics": queryMetrics(query), "notifications": notifications(stringField(m, "message")),
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
	return &searchResult{name: stringField(m, "name"), result: result, fields: map[string][]string{
		"tag": tags, "type": {stringField(result, "classification"), stringField(m, "type")}, "status": {stringField(m, "overall_state")},
		"id": {formatNumber(m["id"])}, "priority": {"p" + formatNumber(m["priority"]), formatNumber(m["priority"])},
		"muted": {fmt.Sprint(len(silenced) > 0)}, "scope": queryScopes(query), "metric": queryMetrics(query),
	}}
}

func formatNumber(v any) string {
	n, _ := v.(json.Number)
	return n.String()
}

// classification returns the monitor type that search results show.
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

// sortResults sorts by name if the request says so, otherwise it keeps the order by id.
func sortResults(all []*searchResult, order string) {
	field, direction, _ := strings.Cut(order, ",")
	if field != "name" {
		return
	}
	slices.SortStableFunc(all, func(a, b *searchResult) int {
		if direction == "desc" {
			a, b = b, a
		}
		return strings.Compare(a.name, b.name)
	})
}

// countResults returns how often each value occurs, the most frequent first.
func countResults(all []*searchResult) object {
	counts := object{}
	for name, of := range map[string]func(*searchResult) []string{
		"tag":    func(m *searchResult) []string { return m.fields["tag"] },
		"type":   func(m *searchResult) []string { return m.fields["type"][:1] },
		"status": func(m *searchResult) []string { return m.fields["status"] },
		"muted":  func(m *searchResult) []string { return m.fields["muted"] },
	} {
		tally := map[string]int{}
		for _, m := range all {
			for _, value := range of(m) {
				tally[value]++
			}
		}
		counts[name] = sortedCounts(tally, name == "muted")
	}
	return counts
}

func sortedCounts(tally map[string]int, asBool bool) []any {
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
