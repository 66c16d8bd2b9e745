package sandbox

import "regexp"

var simpleMetric = regexp.MustCompile(
	`^(avg|sum|min|max)\(last_(\w+)\):(?:\w+:)?([A-Za-z][\w.]*)\{([^{}]*)\}(?: by \{[^{}]*\})? *(>=|<=|==|!=|>|<) *(-?[\d.]+)$`)

// generatedName returns the name of a monitor that was created without one: a sentence for a simple metric query, with
// the number formatted like thresholds, otherwise the query itself.
func generatedName(query string) string {
	m := simpleMetric.FindStringSubmatch(query)
	if m == nil {
		return query
	}
	words := map[string]string{"avg": "on average", "sum": "in total", "max": "at least once", "min": "at all times"}
	return "**" + m[3] + "** over **" + m[4] + "** was **" + m[5] + " " + reformatFloat(m[6]) + "** " + words[m[1]] +
		" during the **last " + m[2] + "**."
}
