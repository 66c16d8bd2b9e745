package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// documentKind is what a search returns: logs or events.
type documentKind struct {
	source, path string
	resource     func(Document) object
}

func logDocuments() documentKind {
	return documentKind{"logs", "/api/v2/logs/events", logResource}
}

func eventDocuments() documentKind {
	return documentKind{"events", "/api/v2/events", eventResource}
}

// The default and the maximum number of documents on a page.
const (
	defaultDocuments = 10
	maxDocuments     = 1000
)

// documentSearch is a request for a page of documents.
type documentSearch struct {
	query, from, to, sort, cursor string
	limit                         int64
}

// searchDocuments serves a search whose parameters are in the body.
func (ob observer) searchDocuments(of func() documentKind) func(*http.Request) *response {
	return func(r *http.Request) *response {
		body, rejected := readObject(r)
		if rejected != nil {
			return rejected
		}
		filter, _ := body["filter"].(object)
		page, _ := body["page"].(object)
		return ob.page(r, of(), documentSearch{
			stringField(filter, "query"), textOf(filter["from"]), textOf(filter["to"]), stringField(body, "sort"),
			stringField(page, "cursor"), integer(page["limit"], defaultDocuments),
		})
	}
}

// listDocuments serves a search whose parameters are in the URL.
func (ob observer) listDocuments(of func() documentKind) func(*http.Request) *response {
	return func(r *http.Request) *response {
		q := r.URL.Query()
		limit, problem := intParam(q, "page[limit]", defaultDocuments)
		if problem != "" {
			return badRequest(problem)
		}
		return ob.page(r, of(), documentSearch{
			q.Get("filter[query]"), q.Get("filter[from]"), q.Get("filter[to]"), q.Get("sort"), q.Get("page[cursor]"), limit,
		})
	}
}

// textOf returns a string, or the digits of a number.
func textOf(v any) string {
	if n, isNumber := v.(json.Number); isNumber {
		return n.String()
	}
	s, _ := v.(string)
	return s
}

// page returns a page of documents. A page with documents always has a cursor; the end is a page without any.
func (ob observer) page(r *http.Request, kind documentKind, s documentSearch) *response {
	filter, problem := ob.newFilter(s.query, s.from, s.to)
	after, ok := readCursor(s.cursor)
	switch {
	case problem != "":
		return badRequest(problem)
	case !ok:
		return badRequest(inputError("page", "invalid cursor"))
	}
	all, err := ob.telemetry.Documents(r.Context(), Query{Source: kind.source, Text: filter.query, From: filter.from, To: filter.to})
	if err != nil {
		return refused(err)
	}
	newestFirst := s.sort != "timestamp"
	if newestFirst {
		slices.Reverse(all)
	}
	if s.cursor != "" {
		at := slices.IndexFunc(all, func(d Document) bool { return d.Number == after })
		all = all[at+1:]
	}
	all = all[:min(int64(len(all)), max(1, min(s.limit, maxDocuments)))]
	data := make([]any, len(all))
	for i, d := range all {
		data[i] = kind.resource(d)
	}
	result := object{"data": data}
	if len(all) > 0 {
		next := newCursor(all[len(all)-1].Number)
		result["meta"] = object{"page": object{"after": next}}
		result["links"] = object{"next": nextURL(r, kind, s, next)}
	}
	return &response{http.StatusOK, encode(result)}
}

// nextURL is the address of the next page, which is always that of a list.
func nextURL(r *http.Request, kind documentKind, s documentSearch, cursor string) string {
	q := url.Values{"page[cursor]": {cursor}, "page[limit]": {strconv.FormatInt(s.limit, 10)}}
	for name, value := range map[string]string{"filter[query]": s.query, "filter[from]": s.from, "filter[to]": s.to, "sort": s.sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "http://" + r.Host + kind.path + "?" + q.Encode()
}

func newCursor(number int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(`{"after":"` + strconv.Itoa(number) + `"}`))
}

// readCursor returns the number of the last document of the page before; without a cursor, number is 0.
func readCursor(cursor string) (number int, ok bool) {
	if cursor == "" {
		return 0, true
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return 0, false
	}
	v, err := decodeObject(raw)
	if err != nil {
		return 0, false
	}
	number, err = strconv.Atoi(stringField(v, "after"))
	return number, err == nil
}

// documentID returns an id as long as the API's.
func documentID(prefix string, d Document) string {
	return base64.RawURLEncoding.EncodeToString([]byte(prefix + strconv.FormatInt(d.At, 10) + ":" + strconv.Itoa(d.Number)))
}

func logResource(d Document) object {
	attributes := object{"timestamp": rfc3339(d.At), "message": d.Message, "tags": taggedSource(d)}
	for key, value := range map[string]string{"service": d.Service, "status": d.Status, "host": d.Host} {
		if value != "" {
			attributes[key] = value
		}
	}
	if len(d.Attributes) > 0 {
		attributes["attributes"] = d.Attributes
	}
	return object{"type": "log", "id": documentID("AwAAAY:log:", d), "attributes": attributes}
}

func eventResource(d Document) object {
	return object{"type": "event", "id": documentID("AgAAAY:event:", d), "attributes": object{
		"timestamp": time.UnixMilli(d.At).UTC().Format("2006-01-02T15:04:05Z"), "message": d.Message, "tags": taggedSource(d),
		"attributes": object{"title": d.Title, "timestamp": d.At, "status": "info", "priority": "normal", "service": "undefined"},
	}}
}

// taggedSource returns the tags, in which the source is another tag.
func taggedSource(d Document) []string {
	tags := slices.Clone(d.Tags)
	if d.Source != "" && !slices.ContainsFunc(tags, func(tag string) bool { return strings.HasPrefix(tag, "source:") }) {
		tags = append(tags, "source:"+d.Source)
	}
	if tags == nil {
		tags = []string{}
	}
	return tags
}
