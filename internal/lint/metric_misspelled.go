package lint

import (
	"strings"

	"ddmon/internal/diag"
)

func metricMisspelled() Rule {
	return Rule{Code: "metric_misspelled", Severity: diag.SeverityWarning, Run: func(p *pass) {
		similar := map[string]string{}
		for _, u := range p.uses() {
			name := u.Metric.Name
			known, checked := similar[name]
			if !checked {
				known = p.metrics.misspelled(name)
				similar[name] = known
			}
			if known != "" {
				p.addFinding(u.in(u.Metric), "Metric name is probably misspelled",
					"ddmon does not know the metric %s, but it knows %s. A query of a metric that does not exist has no data. Correct the name, or declare the metric in a metric block.", name, known)
			}
		}
	}}
}

// misspelled returns the known metric that differs from an unknown one in a single edit after the first dot, or "". The
// first in the alphabet if there are several.
func (f *Metrics) misspelled(name string) string {
	if _, ok := f.table.find(name); ok || len(f.variants[name]) > 0 {
		return ""
	}
	best, prefix := "", familyOf(name)+"."
	consider := func(known string) {
		if strings.HasPrefix(known, prefix) && oneEdit(name, known) && (best == "" || known < best) {
			best = known
		}
	}
	for known := range f.variants {
		consider(known)
	}
	for line := range f.table.from(prefix) {
		known, _, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(known, prefix) {
			break
		}
		consider(known)
	}
	return best
}

// oneEdit reports whether b is a with one letter added, removed or replaced, or with two neighbours swapped. Digits do
// not count: load.1 and load.5 are different metrics.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	restA, restB := a[i:], b[i:]
	if len(a) < len(b) {
		return restA == restB[1:] && !isDigit(restB[0])
	}
	if isDigit(restA[0]) || isDigit(restB[0]) {
		return false
	}
	return restA[1:] == restB[1:] || len(restA) > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2:] == restB[2:]
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
