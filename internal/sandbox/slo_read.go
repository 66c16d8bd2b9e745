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

// sloResource is how SLOs are kept. Lists are in the order of creation.
func sloResource() resource { return resource{bucket: sloBucket, noun: "SLO", entry: sloEntry} }

func sloEntry(m object) *entry {
	body := encode(without(m, "tags"))
	tags, _ := m["tags"].([]any)
	created, _ := float(m["created_at"])
	return &entry{
		id: text(m, "id"), order: fmt.Sprintf("%020.0f", created), body: m,
		write: func(buf *bytes.Buffer, turn uint64) {
			buf.WriteString(`{"tags":`)
			buf.Write(encode(turned(tags, turn)))
			buf.WriteByte(',')
			buf.Write(body[1:])
		},
	}
}

// turned returns a list that begins at another place. Tags of an SLO are a set whose order changes from answer to answer.
func turned(list any, turn uint64) any {
	l, _ := list.([]any)
	if len(l) == 0 {
		return []any{}
	}
	at := int(turn % uint64(len(l)))
	return slices.Concat(l[at:], l[:at])
}

func (ac *account) getSLO(r *http.Request) *answer {
	id := r.PathValue("id")
	e := ac.index.find(sloResource(), id)
	if e == nil {
		return sloMissing(id)
	}
	var buf bytes.Buffer
	buf.WriteString(`{"error":null,"data":`)
	e.write(&buf, ac.answers.Add(1))
	buf.WriteByte('}')
	return okRaw(buf.Bytes())
}

// defaultSLOs is how many SLOs a list has at most if it is not said, by the API's documentation.
const defaultSLOs = 1000

func (ac *account) listSLOs(r *http.Request) *answer {
	q := r.URL.Query()
	limit, limitRefusal := number(q, "limit", defaultSLOs)
	offset, offsetRefusal := number(q, "offset", 0)
	if refusal := cmp.Or(limitRefusal, offsetRefusal); refusal != "" {
		return badRequest(refusal)
	}
	x := ac.listed(r.Context())
	if q.Has("ids") {
		return ac.slosByID(x, words(q.Get("ids")))
	}
	found := x.matching(sloResource(), sloFilter(q))
	page := found[min(offset, int64(len(found))):]
	page = page[:min(limit, int64(len(page)))]
	buf := ac.writeSLOs(page)
	// The two recorded lists in pages have totals that contradict each other; others have both equal.
	total := strconv.Itoa(len(found))
	buf.WriteString(`,"error":null,"metadata":{"page":{"total_count":` + total + `,"total_filtered_count":` + total + `}}}`)
	return okRaw(buf.Bytes())
}

// writeSLOs begins an answer with a list of SLOs.
func (ac *account) writeSLOs(page []*entry) *bytes.Buffer {
	buf := bytes.NewBufferString(`{"data":[`)
	turn := ac.answers.Add(1)
	for i, e := range page {
		if i > 0 {
			buf.WriteByte(',')
		}
		e.write(buf, turn)
	}
	buf.WriteByte(']')
	return buf
}

// slosByID answers the SLOs with some ids, of which at least one must exist.
func (ac *account) slosByID(x *index, ids []string) *answer {
	if len(slices.Compact(slices.Sorted(slices.Values(ids)))) < len(ids) {
		return badRequest("All items in parameter 'True' must be unique")
	}
	found := x.matching(sloResource(), func(e *entry) bool { return slices.Contains(ids, e.id) })
	if len(found) == 0 {
		quoted := make([]string, len(ids))
		for i, id := range ids {
			quoted[i] = "u'" + id + "'"
		}
		return refuse(http.StatusNotFound, "no SLOs found for ids: ["+strings.Join(quoted, ", ")+"] not found")
	}
	buf := ac.writeSLOs(found)
	buf.WriteString(`,"error":null}`)
	return okRaw(buf.Bytes())
}

// sloFilter selects by a part of the name, one tag, and a part of the metric queries.
func sloFilter(q url.Values) func(*entry) bool {
	name, tag, metric := strings.ToLower(q.Get("query")), strings.ToLower(q.Get("tags_query")), q.Get("metrics_query")
	return func(e *entry) bool {
		query, _ := e.body["query"].(object)
		return strings.Contains(strings.ToLower(text(e.body, "name")), name) &&
			(tag == "" || slices.Contains(texts(e.body["tags"]), tag)) &&
			(metric == "" || strings.Contains(text(query, "numerator"), metric) || strings.Contains(text(query, "denominator"), metric))
	}
}
