package sandbox

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// prepare seeds a sandbox with the objects that must have existed when a pair was recorded.
func prepare(t *testing.T, s *Server, p pair) {
	t.Helper()
	sent, _ := decodeAny(t, orNull(p.Request)).(object)
	prior, _ := decodeAny(t, orNull(p.Prior)).(object)
	if strings.HasPrefix(p.URL, "/api/v1/dashboard") {
		prepareDashboards(t, s, p, sent, prior)
		return
	}
	for _, m := range []object{sent, prior} {
		prepareMembers(t, s, m)
	}
	if p.Status >= 400 {
		prepareMonitorError(t, s, p, sent)
		return
	}
	id, _ := strconv.ParseInt(pathID(p.URL), 10, 64)
	switch p.Op {
	case "update":
		seedMonitor(t, s, id, prior)
	case "delete", "validate-existing":
		seedMonitor(t, s, id, object{})
	case "can-delete":
		for word := range strings.SplitSeq(queryValue(p.URL, "monitor_ids"), ",") {
			id, _ := strconv.ParseInt(word, 10, 64)
			seedMonitor(t, s, id, object{})
		}
	case "get", "list", "list-item":
		prepareAnswered(t, s, p)
	}
}

// prepareAnswered seeds the monitors in the response to a read.
func prepareAnswered(t *testing.T, s *Server, p pair) {
	t.Helper()
	response := decodeAny(t, p.Response)
	items, isList := response.([]any)
	if !isList {
		items = []any{response}
	}
	for _, m := range objects(items) {
		id, _ := m["id"].(json.Number).Int64()
		seedMonitor(t, s, id, without(m, "matching_downtimes"))
	}
}

// prepareMembers seeds the monitors that a composite refers to.
func prepareMembers(t *testing.T, s *Server, m object) {
	t.Helper()
	if m["type"] != "composite" {
		return
	}
	for _, member := range compositeMembers(stringField(m, "query")) {
		id, _ := strconv.ParseInt(member, 10, 64)
		seedMonitor(t, s, id, object{"name": "member " + member})
	}
}

var (
	duplicateText  = regexp.MustCompile(`Duplicate of an existing monitor_id:(\d+) org_id:(\d+)`)
	referencedText = regexp.MustCompile(`monitor \[(\d+),(.*)\] is referenced in composite monitors: \[(\d+),(.*)\]`)
)

// prepareMonitorError seeds the state that a recorded error is about.
func prepareMonitorError(t *testing.T, s *Server, p pair, sent object) {
	t.Helper()
	if m := duplicateText.FindStringSubmatch(string(p.Response)); m != nil {
		s.org, _ = strconv.ParseInt(m[2], 10, 64)
		id, _ := strconv.ParseInt(m[1], 10, 64)
		duplicate := draftMonitor(sent)
		normalizeMonitor(duplicate, id, true)
		seedMonitor(t, s, id, duplicate)
	}
	if m := referencedText.FindStringSubmatch(string(p.Response)); m != nil {
		id, _ := strconv.ParseInt(m[1], 10, 64)
		composite, _ := strconv.ParseInt(m[3], 10, 64)
		seedMonitor(t, s, id, object{"name": m[2]})
		seedMonitor(t, s, composite, object{"type": "composite", "name": m[4], "query": m[1]})
	}
	if p.Status == 400 && (p.Op == "get" || p.Op == "validate-existing") {
		id, _ := strconv.ParseInt(pathID(p.URL), 10, 64)
		seedMonitor(t, s, id, object{})
	}
}

func prepareDashboards(t *testing.T, s *Server, p pair, sent, prior object) {
	t.Helper()
	if p.Status >= 400 {
		return
	}
	response, _ := decodeAny(t, orNull(p.Response)).(object)
	switch p.Op {
	case "update":
		seedDashboard(t, s, pathID(p.URL), prior)
	case "get":
		seedDashboard(t, s, pathID(p.URL), response)
	case "delete":
		seedDashboard(t, s, pathID(p.URL), object{"title": "seeded"})
	case "bulk-delete", "restore":
		for _, item := range objects(sent["data"]) {
			d := object{"title": "seeded"}
			if p.Op == "restore" {
				d[deletedKey] = timestamp(s.now())
			}
			seedDashboard(t, s, stringField(item, "id"), d)
		}
	case "list":
		for _, item := range objects(response["dashboards"]) {
			seedDashboard(t, s, stringField(item, "id"), item)
		}
	case "list-item":
		_, start, _ := strings.Cut(p.URL, "start=")
		before, _ := strconv.Atoi(start)
		for i := range before {
			seedDashboard(t, s, "000-000-00"+strconv.Itoa(i), object{"title": "seeded"})
		}
		seedDashboard(t, s, stringField(response, "id"), response)
	}
}

// pathID returns the id in a path /api/v1/monitor/ID/..., or "".
func pathID(url string) string {
	path, _, _ := strings.Cut(url, "?")
	parts := append(strings.Split(path, "/"), "", "")
	return parts[4]
}

func queryValue(url, name string) string {
	_, query, _ := strings.Cut(url, "?")
	value, _ := strings.CutPrefix(query, name+"=")
	return value
}

func orNull(data json.RawMessage) json.RawMessage {
	if len(data) == 0 {
		return json.RawMessage("null")
	}
	return data
}
