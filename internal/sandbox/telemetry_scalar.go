package sandbox

import (
	"math"
	"net/http"
	"slices"
	"strings"
)

// queryScalar returns one value for each formula and group, in columns.
func (ob observer) queryScalar(r *http.Request) *response {
	q, rejected := ob.readData(r, "scalar_request")
	if rejected != nil {
		return rejected
	}
	all, err := ob.lines(r.Context(), q, 0)
	if err != nil {
		return refused(err)
	}
	var groups [][]string
	rows := map[string]int{}
	for _, lines := range all {
		for _, line := range lines {
			name := strings.Join(line.Tags, ",")
			if _, known := rows[name]; !known {
				rows[name] = len(groups)
				groups = append(groups, line.Tags)
			}
		}
	}
	columns := groupColumns(groups)
	for i, lines := range all {
		values := make([]any, len(groups))
		for _, line := range lines {
			values[rows[strings.Join(line.Tags, ",")]] = finite(line.Values[0])
		}
		columns = append(columns, object{"name": q.formulas[i], "type": "number", "values": values, "meta": object{"unit": nil}})
	}
	return ok(object{"data": object{"id": "0", "type": "scalar_response", "attributes": object{"columns": columns}}})
}

// groupColumns returns a column for each key of the groups.
func groupColumns(groups [][]string) []any {
	var keys []string
	for _, tags := range groups {
		for _, tag := range tags {
			if key, _, _ := strings.Cut(tag, ":"); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	columns := []any{}
	for _, key := range keys {
		values := make([]any, len(groups))
		for i, tags := range groups {
			values[i] = []any{}
			for _, tag := range tags {
				if value, found := strings.CutPrefix(tag, key+":"); found {
					values[i] = []any{value}
				}
			}
		}
		columns = append(columns, object{"name": key, "type": "group", "values": values})
	}
	return columns
}

// finite returns a number, or null for one that JSON cannot represent.
func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
