package sandbox

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// router maps path patterns to methods. It does not use "METHOD path" patterns, because the response to an unsupported
// method must be JSON like all others.
func (s *Server) router() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, methods := range s.endpoints() {
		mux.Handle(pattern, s.byMethod(methods))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		gatewayError(http.StatusNotFound, "Not found").write(w)
	})
	return mux
}

// budget returns the rate limit that applies to a request.
func (s *Server) budget(r *http.Request) rate {
	_, pattern := s.routes.Handler(r)
	if found, known := s.endpoints()[pattern][r.Method]; known {
		return found.rate
	}
	return globalRate()
}

// endpoints returns the endpoints by path and method. The rate limits are recorded.
func (s *Server) endpoints() map[string]map[string]endpoint {
	global := globalRate()
	all := map[string]map[string]endpoint{
		"/api/v1/validate": {"GET": {global, validateKeys}},
		"/api/v1/monitor": {
			"GET":  {rate{"get_all_monitors", 1000, 10}, s.listMonitors},
			"POST": {rate{"post_monitors", 500, 10}, s.createMonitor},
		},
		"/api/v1/monitor/{id}": {
			"GET":    {rate{"get_monitors", 3000, 10}, s.getMonitor},
			"PUT":    {rate{"put_monitors", 500, 10}, s.updateMonitor},
			"DELETE": {global, s.deleteMonitor},
		},
		"/api/v1/monitor/{id}/validate": {"POST": {global, s.validateExistingMonitor}},
		"/api/v1/monitor/validate":      {"POST": {global, s.validateMonitor}},
		"/api/v1/monitor/can_delete":    {"GET": {global, s.canDeleteMonitors}},
		"/api/v1/monitor/search":        {"GET": {global, s.searchMonitors}},
		"/api/v1/monitor/groups/search": {"GET": {global, s.searchMonitorGroups}},
		"/api/v1/slo": {
			"GET":  {rate{"slo_get_all", 1000, 10}, s.listSLOs},
			"POST": {rate{"slo_create", 200, 60}, s.createSLO},
		},
		"/api/v1/slo/{id}": {
			"GET":    {rate{"slo_get", 3000, 10}, s.getSLO},
			"PUT":    {rate{"slo_update", 200, 60}, s.updateSLO},
			"DELETE": {rate{"slo_delete", 100, 10}, s.deleteSLO},
		},
		"/api/v1/slo/can_delete": {"GET": {rate{"slo_can_delete", 100, 10}, s.canDeleteSLOs}},
		"/api/v2/downtime": {
			"GET":  {global, s.listDowntimes},
			"POST": {global, s.createDowntime},
		},
		"/api/v2/downtime/{id}": {
			"GET":    {global, s.getDowntime},
			"PATCH":  {global, s.updateDowntime},
			"DELETE": {global, s.cancelDowntime},
		},
		"/api/v1/dashboard": {
			"GET":    {rate{"list_dashboards", 60, 60}, s.listDashboards},
			"POST":   {global, s.createDashboard},
			"DELETE": {global, s.deleteDashboards},
			"PATCH":  {global, s.restoreDashboards},
		},
		"/api/v1/dashboard/{id}": {
			"GET":    {global, s.getDashboard},
			"PUT":    {global, s.updateDashboard},
			"DELETE": {global, s.deleteDashboard},
		},
	}
	maps.Copy(all, observer{s.now, s.telemetry}.endpoints())
	return all
}

func (s *Server) byMethod(methods map[string]endpoint) http.Handler {
	allowed := make([]string, 0, len(methods))
	for method := range methods {
		allowed = append(allowed, method)
	}
	slices.Sort(allowed)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found, known := methods[r.Method]
		if !known {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			gatewayError(http.StatusMethodNotAllowed, "Method not allowed").write(w)
			return
		}
		s.rates.writeHeaders(w.Header(), found.rate, s.now())
		response := found.serve(r)
		s.setDate(w) // again, because the write can be later than the request
		response.write(w)
	})
}

// validateKeys always succeeds, because checkKeys has checked the key.
func validateKeys(*http.Request) *response {
	return ok(object{"valid": true})
}
