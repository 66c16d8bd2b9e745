package sandbox

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

func (ac *account) getMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	entry := ac.index.monitor(id)
	if !isNumber || entry == nil {
		return monitorMissing()
	}
	q := r.URL.Query()
	if !groupStatesKnown(q.Get("group_states")) {
		return badRequest("Invalid group_state filters.")
	}
	m, err := decodeObject(entry.body)
	if err != nil {
		return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	view := monitorView{
		assets:    q.Get("with_assets") == "true",
		downtimes: q.Get("with_downtimes") == "true",
		roles:     q.Get("with_restricted_roles") != "false",
		groups:    q.Get("group_states") != "",
	}
	return ok(view.of(m))
}

// groupStatesKnown reports whether each state of a comma-separated list exists; none is fine.
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

func (ac *account) validateMonitor(r *http.Request) *answer {
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	return ac.validated(draftMonitor(sent))
}

func (ac *account) validateExistingMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	if !isNumber || ac.index.monitor(id) == nil {
		return monitorMissing()
	}
	return ac.validateMonitor(r)
}

func (ac *account) validated(m object) *answer {
	refusal := checkMonitor(m)
	if refusal == "" {
		if err := ac.store.view(func(t tx) error { refusal = checkMembers(t, m); return nil }); err != nil {
			return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
		}
	}
	if refusal != "" {
		return badRequest(refusal)
	}
	return ok(object{})
}

// monitorFilter is what a list is asked for.
type monitorFilter struct {
	name        string
	scopes      []string
	tags        []string
	after       int64
	skip, limit int64 // limit < 0: all
}

func (ac *account) listMonitors(r *http.Request) *answer {
	q := r.URL.Query()
	if !groupStatesKnown(q.Get("group_states")) {
		return badRequest("Invalid group_state filters.")
	}
	filter, refusal := readMonitorFilter(q)
	if refusal != "" {
		return badRequest(refusal)
	}
	return okRaw(ac.listed(r.Context()).list(filter))
}

// defaultPage and maxPage bound a page of monitors.
const (
	defaultPage = 100
	maxPage     = 1000
)

// readMonitorFilter reads a list's query. Only page or id_offset make pages; without both everything comes.
func readMonitorFilter(q url.Values) (monitorFilter, string) {
	f := monitorFilter{name: strings.ToLower(q.Get("name")), scopes: words(q.Get("tags")), tags: words(q.Get("monitor_tags")), limit: -1}
	page, pageRefusal := number(q, "page", 0)
	size, sizeRefusal := number(q, "page_size", defaultPage)
	after, afterRefusal := number(q, "id_offset", 0)
	if refusal := cmp.Or(pageRefusal, sizeRefusal, afterRefusal); refusal != "" {
		return f, refusal
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

// words splits a comma-separated list; all of them must match.
func words(list string) []string {
	var out []string
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// list returns the JSON array of the matching monitors, by id.
func (x *index) list(f monitorFilter) []byte {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var buf bytes.Buffer
	buf.WriteByte('[')
	start, _ := slices.BinarySearch(x.order, f.after+1)
	matched, written := int64(0), int64(0)
	for _, id := range x.order[start:] {
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
