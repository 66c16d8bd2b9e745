package guide

import "strings"

// Declarer is a Source that can say why it has no data of a kind. A recording declares what it does not have.
type Declarer interface {
	// WhyAbsent returns why there are no points of a metric, or no logs or events, with all these tags; "" if the source
	// does not say.
	WhyAbsent(p Product, metric string, tags []string) string
}

// declared reports whether the source declares that there is no data for the step, and makes that the only cause of the
// empty answer. Without it, the step would suspect a wrong query or a pipeline that is down.
func (r *runner) declared(result *StepResult, a reading) bool {
	if !a.empty() || a.group != allGroups {
		return false
	}
	why := notRecorded(r.source, result.Step.Question)
	if why == "" {
		return false
	}
	result.Causes = []Cause{{Name: NotRecorded, Detail: why}}
	result.Hint = ""
	return true
}

// notRecorded says that and why a source declares that there is no data for a question; "" if it does not.
func notRecorded(s Source, q Question) string {
	why := whyAbsent(s, q)
	if why == "" {
		return ""
	}
	return "The recording does not have this data. " + strings.TrimSuffix(why, ".") + "."
}

func whyAbsent(s Source, q Question) string {
	d, ok := s.(Declarer)
	if !ok {
		return ""
	}
	if q.Product != Metric {
		var tags []string
		for _, t := range searchTerms(q.Query) {
			if !t.nested {
				tags = append(tags, t.facet+":"+t.value)
			}
		}
		return d.WhyAbsent(q.Product, "", tags)
	}
	metrics, terms := metricTerms(q.Query)
	for _, name := range metrics {
		var tags []string
		for _, t := range terms {
			if t.metric == name {
				tags = append(tags, t.key+":"+t.value)
			}
		}
		if why := d.WhyAbsent(Metric, name, tags); why != "" {
			return why
		}
	}
	return ""
}
