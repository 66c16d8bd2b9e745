package sandbox

import (
	"bytes"
	"cmp"
	"net/http"
)

func (ac *account) getDashboard(r *http.Request) *response {
	id := r.PathValue("id")
	entry := ac.index.dashboard(id)
	if entry == nil {
		return dashboardNotFound(id)
	}
	return okRaw(entry.body)
}

// listDashboards returns summaries ordered by id. No dashboard of the sandbox is shared publicly.
func (ac *account) listDashboards(r *http.Request) *response {
	q := r.URL.Query()
	count, countProblem := intParam(q, "count", -1)
	start, startProblem := intParam(q, "start", 0)
	if problem := cmp.Or(countProblem, startProblem); problem != "" {
		return badRequest(problem)
	}
	if q.Get("filter[shared]") == "true" {
		return okRaw([]byte(`{"dashboards":[]}`))
	}
	return okRaw(ac.listed(r.Context()).summaries(q.Get("filter[deleted]") == "true", start, count))
}

// summaries returns a page of the deleted dashboards or of the others. A negative limit means no limit.
func (x *index) summaries(deleted bool, skip, limit int64) []byte {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var buf bytes.Buffer
	buf.WriteString(`{"dashboards":[`)
	matched, written := int64(0), int64(0)
	for _, id := range x.dashboardIDs {
		if written == limit {
			break
		}
		entry := x.dashboards[id]
		if entry.deleted != deleted {
			continue
		}
		if matched++; matched <= skip {
			continue
		}
		if written++; written > 1 {
			buf.WriteByte(',')
		}
		buf.Write(entry.summary)
	}
	buf.WriteString(`]}`)
	return buf.Bytes()
}
