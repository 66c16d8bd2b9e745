package sandbox

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

func (ac *account) getMonitor(r *http.Request) *response {
	id, isNumber := monitorID(r)
	entry := ac.index.monitor(id)
	if !isNumber || entry == nil {
		return monitorNotFound()
	}
	q := r.URL.Query()
	if !groupStatesKnown(q.Get("group_states")) {
		return badRequest("Invalid group_state filters.")
	}
	m, err := decodeObject(entry.body)
	if err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	view := monitorView{
		assets:    q.Get("with_assets") == "true",
		downtimes: q.Get("with_downtimes") == "true",
		roles:     q.Get("with_restricted_roles") != "false",
		groups:    q.Get("group_states") != "",
	}
	shown := view.of(m)
	ac.withStates(r.Context(), []object{shown}, q.Get("group_states"))
	return ok(shown)
}

// groupStatesKnown reports whether all states in a comma-separated list are valid. The list can be empty.
func groupStatesKnown(list string) bool {
	if list == "" {
		return true
	}
	for state := range strings.SplitSeq(list, ",") {
		known := []string{"all", "alert", "warn", "no data", "ok", "ignored", "skipped"}
		if !slices.Contains(known, strings.ToLower(strings.TrimSpace(state))) {
			return false
		}
	}
	return true
}

func (ac *account) validateMonitor(r *http.Request) *response {
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	return ac.validate(draftMonitor(sent))
}

func (ac *account) validateExistingMonitor(r *http.Request) *response {
	id, isNumber := monitorID(r)
	if !isNumber || ac.index.monitor(id) == nil {
		return monitorNotFound()
	}
	return ac.validateMonitor(r)
}

func (ac *account) validate(m object) *response {
	problem := checkMonitor(m)
	if problem == "" {
		if err := ac.store.view(func(t tx) error { problem = checkMembers(t, m); return nil }); err != nil {
			return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
		}
	}
	if problem != "" {
		return badRequest(problem)
	}
	return ok(object{})
}

// monitorFilter holds the parameters of a list request.
type monitorFilter struct {
	name        string
	scopes      []string
	tags        []string
	after       int64
	skip, limit int64 // a negative limit means no limit
}

func (ac *account) listMonitors(r *http.Request) *response {
	q := r.URL.Query()
	if !groupStatesKnown(q.Get("group_states")) {
		return badRequest("Invalid group_state filters.")
	}
	filter, problem := readMonitorFilter(q)
	if problem != "" {
		return badRequest(problem)
	}
	return ac.listWithStates(r.Context(), ac.listed(r.Context()).list(filter), q.Get("group_states"))
}

// defaultPage and maxPage are the default and the maximum size of a page of monitors.
const (
	defaultPage = 100
	maxPage     = 1000
)

// readMonitorFilter reads the query string of a list request. Without page and id_offset, the list is not paged.
func readMonitorFilter(q url.Values) (monitorFilter, string) {
	f := monitorFilter{name: strings.ToLower(q.Get("name")), scopes: splitList(q.Get("tags")), tags: splitList(q.Get("monitor_tags")), limit: -1}
	page, pageProblem := intParam(q, "page", 0)
	size, sizeProblem := intParam(q, "page_size", defaultPage)
	after, afterProblem := intParam(q, "id_offset", 0)
	if problem := cmp.Or(pageProblem, sizeProblem, afterProblem); problem != "" {
		return f, problem
	}
	size = min(size, maxPage)
	if q.Has("page") {
		f.limit, f.skip = size, size*page
	}
	if q.Has("id_offset") {
		f.after, f.limit = after, size
	}
	return f, ""
}

// splitList splits a comma-separated list and removes spaces and empty elements.
func splitList(list string) []string {
	var out []string
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// list returns the matching monitors as a JSON array, ordered by id.
func (x *index) list(f monitorFilter) []byte {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var buf bytes.Buffer
	buf.WriteByte('[')
	start, _ := slices.BinarySearch(x.monitorIDs, f.after+1)
	matched, written := int64(0), int64(0)
	for _, id := range x.monitorIDs[start:] {
		if written == f.limit {
			break
		}
		entry := x.monitors[id]
		if !f.matches(entry) {
			continue
		}
		if matched++; matched <= f.skip {
			continue
		}
		if written++; written > 1 {
			buf.WriteByte(',')
		}
		buf.Write(entry.item)
	}
	buf.WriteByte(']')
	return buf.Bytes()
}

func (f monitorFilter) matches(e *monitorEntry) bool {
	return strings.Contains(e.name, f.name) && containsAll(e.tags, f.tags) && containsAll(e.scopes, f.scopes)
}

func containsAll(have, want []string) bool {
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}
