package sandbox

import (
	"net/http"
	"slices"
	"strconv"
)

// recent is how far back metricTags looks for tags, in milliseconds.
const recent = 4 * 3600 * 1000

// activeMetrics lists the names of the metrics that have reported since a time in seconds.
func (ob observer) activeMetrics(r *http.Request) *response {
	text := r.URL.Query().Get("from")
	from, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return badRequest(invalidParameter("from"))
	}
	names := []string{}
	for _, m := range ob.telemetry.Metrics(min(from, maxParameter)*1000, ob.now().UnixMilli()) {
		names = append(names, m.Name)
	}
	return ok(object{"metrics": names, "from": text})
}

// metricMetadata describes a metric. One without metadata has the same keys with null.
func (ob observer) metricMetadata(r *http.Request) *response {
	result := object{"description": nil, "short_name": nil, "type": nil, "unit": nil, "per_unit": nil, "statsd_interval": nil, "integration": nil}
	if m := ob.metric(r.PathValue("id"), 0); m != nil {
		result["type"] = m.Type
		if m.Unit != "" {
			result["unit"] = m.Unit
		}
	}
	return ok(result)
}

// metricTags lists the tags of a metric.
func (ob observer) metricTags(r *http.Request) *response {
	m := ob.metric(r.PathValue("id"), ob.now().UnixMilli()-recent)
	if m == nil {
		return gatewayError(http.StatusNotFound, "Not found")
	}
	tags := m.Tags
	if tags == nil {
		tags = []string{}
	}
	return ok(object{"data": object{"type": "metrics", "id": m.Name, "attributes": object{"tags": tags}}})
}

// metric returns a metric with samples since a time in milliseconds, or nil.
func (ob observer) metric(name string, since int64) *Metric {
	all := ob.telemetry.Metrics(since, ob.now().UnixMilli())
	if i := slices.IndexFunc(all, func(m Metric) bool { return m.Name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}
