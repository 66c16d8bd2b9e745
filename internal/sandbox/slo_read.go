package sandbox

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// sloResource describes how SLOs are stored. Lists are in the order of creation.
func sloResource() resource { return resource{bucket: sloBucket, noun: "SLO", entry: sloEntry} }

func sloEntry(m object) *entry {
	body := encode(without(m, "tags"))
	tags, _ := m["tags"].([]any)
	created, _ := floatValue(m["created_at"])
	return &entry{
		id: stringField(m, "id"), sortKey: fmt.Sprintf("%020.0f", created), body: m,
		write: func(buf *bytes.Buffer, rotation uint64) {
			buf.WriteString(`{"tags":`)
			buf.Write(encode(rotate(tags, rotation)))
			buf.WriteByte(',')
			buf.Write(body[1:])
		},
	}
}

// rotate rotates a list. The tags of an SLO are a set whose order changes from response to response.
func rotate(list any, rotation uint64) any {
	l, _ := list.([]any)
	if len(l) == 0 {
		return []any{}
	}
	at := int(rotation % uint64(len(l)))
	return slices.Concat(l[at:], l[:at])
}

func (ac *account) getSLO(r *http.Request) *response {
	id := r.PathValue("id")
	e := ac.index.find(sloResource(), id)
	if e == nil {
		return sloNotFound(id)
	}
	var buf bytes.Buffer
	buf.WriteString(`{"error":null,"data":`)
	e.write(&buf, ac.rotations.Add(1))
	buf.WriteByte('}')
	return okRaw(buf.Bytes())
}

// defaultSLOs is the default page size of a list of SLOs, according to the API's documentation.
const defaultSLOs = 1000

func (ac *account) listSLOs(r *http.Request) *response {
	q := r.URL.Query()
	limit, limitProblem := intParam(q, "limit", defaultSLOs)
	offset, offsetProblem := intParam(q, "offset", 0)
	if problem := cmp.Or(limitProblem, offsetProblem); problem != "" {
		return badRequest(problem)
	}
	x := ac.listed(r.Context())
	if q.Has("ids") {
		return ac.slosByID(x, splitList(q.Get("ids")))
	}
	found := x.matching(sloResource(), sloFilter(q))
	page := found[min(offset, int64(len(found))):]
	page = page[:min(limit, int64(len(page)))]
	buf := ac.writeSLOs(page)
	// In the two recorded paged lists the totals contradict each other. In all other recordings they are equal.
	total := strconv.Itoa(len(found))
	buf.WriteString(`,"error":null,"metadata":{"page":{"total_count":` + total + `,"total_filtered_count":` + total + `}}}`)
	return okRaw(buf.Bytes())
}

// writeSLOs starts a response with a list of SLOs.
func (ac *account) writeSLOs(page []*entry) *bytes.Buffer {
	buf := bytes.NewBufferString(`{"data":[`)
	rotation := ac.rotations.Add(1)
	for i, e := range page {
		if i > 0 {
			buf.WriteByte(',')
		}
		e.write(buf, rotation)
	}
	buf.WriteByte(']')
	return buf
}

// slosByID returns the SLOs with the given ids. At least one of them must exist.
func (ac *account) slosByID(x *index, ids []string) *response {
	if len(slices.Compact(slices.Sorted(slices.Values(ids)))) < len(ids) {
		return badRequest("All items in parameter 'True' must be unique")
	}
	found := x.matching(sloResource(), func(e *entry) bool { return slices.Contains(ids, e.id) })
	if len(found) == 0 {
		quoted := make([]string, len(ids))
		for i, id := range ids {
			quoted[i] = "u'" + id + "'"
		}
		return errorResponse(http.StatusNotFound, "no SLOs found for ids: ["+strings.Join(quoted, ", ")+"] not found")
	}
	buf := ac.writeSLOs(found)
	buf.WriteString(`,"error":null}`)
	return okRaw(buf.Bytes())
}

// sloFilter filters by a substring of the name, one tag, and a substring of the metric queries.
func sloFilter(q url.Values) func(*entry) bool {
	name, tag, metric := strings.ToLower(q.Get("query")), strings.ToLower(q.Get("tags_query")), q.Get("metrics_query")
	return func(e *entry) bool {
		query, _ := e.body["query"].(object)
		return strings.Contains(strings.ToLower(stringField(e.body, "name")), name) &&
			(tag == "" || slices.Contains(stringList(e.body["tags"]), tag)) &&
			(metric == "" || strings.Contains(stringField(query, "numerator"), metric) || strings.Contains(stringField(query, "denominator"), metric))
	}
}
