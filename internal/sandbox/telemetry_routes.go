package sandbox

// endpoints are the endpoints that read metrics, logs and events. No rate limit of the second version's queries
// is recorded.
func (ob observer) endpoints() map[string]map[string]endpoint {
	global := globalRate()
	logs := rate{"logs_public_search_api", 10, 10}
	return map[string]map[string]endpoint{
		"/api/v1/query":                    {"GET": {rate{"", 1600, 3600}, ob.queryV1}},
		"/api/v2/query/timeseries":         {"POST": {global, ob.queryTimeseries}},
		"/api/v2/query/scalar":             {"POST": {global, ob.queryScalar}},
		"/api/v1/metrics":                  {"GET": {rate{"", 1000, 3600}, ob.activeMetrics}},
		"/api/v1/metrics/{id}":             {"GET": {global, ob.metricMetadata}},
		"/api/v2/metrics/{id}/all-tags":    {"GET": {rate{"", 600, 3600}, ob.metricTags}},
		"/api/v2/logs/events":              {"GET": {rate{"", 300, 3600}, ob.listDocuments(logDocuments)}},
		"/api/v2/logs/events/search":       {"POST": {logs, ob.searchDocuments(logDocuments)}},
		"/api/v2/logs/analytics/aggregate": {"POST": {rate{"", 300, 300}, ob.aggregateLogs}},
		"/api/v2/events":                   {"GET": {global, ob.listDocuments(eventDocuments)}},
		"/api/v2/events/search":            {"POST": {global, ob.searchDocuments(eventDocuments)}},
	}
}
