package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func monitorNotFound() *response { return errorResponse(http.StatusNotFound, "Monitor not found") }

func monitorID(r *http.Request) (int64, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	return id, err == nil
}

func (ac *account) createMonitor(r *http.Request) *response {
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	if problem := checkMonitor(draftMonitor(sent)); problem != "" {
		return badRequest(problem)
	}
	var id int64
	a := ac.write(func(t tx) (*response, error) {
		m := draftMonitor(sent)
		normalizeMonitor(m, 0, true)
		if problem, err := ac.checkRelations(t, m); err != nil || problem != "" {
			return badRequest(problem), err
		}
		number, err := t.next(monitorBucket)
		if err != nil {
			return nil, err
		}
		id = firstMonitor + int64(number)
		ac.addServerFields(m, id)
		return ok(m), replaceMonitor(t, id, nil, m)
	})
	return ac.publishedMonitor(r.Context(), id, a)
}

// addServerFields adds the fields that the server sets on a new monitor.
func (ac *account) addServerFields(m object, id int64) {
	now := ac.now()
	m["id"] = id
	m["org_id"] = ac.org
	m["created"] = timestamp(now)
	m["modified"] = timestamp(now)
	m["created_at"] = now.Truncate(time.Second).UnixMilli()
	m["deleted"] = nil
	m["overall_state"] = "No Data"
	m["overall_state_modified"] = nil
	m["creator"] = creator()
	m["assets"] = normalizedAssets(m["assets"], id)
}

// checkRelations checks a new monitor against the other monitors of the account.
func (ac *account) checkRelations(t tx, m object) (string, error) {
	duplicates, err := lookupIDs(t, duplicateBucket, identity(m))
	if err != nil {
		return "", err
	}
	if len(duplicates) > 0 {
		return fmt.Sprintf("Duplicate of an existing monitor_id:%d org_id:%d", duplicates[0], ac.org), nil
	}
	return checkMembers(t, m), nil
}

// checkMembers rejects a composite that refers to monitors which do not exist.
func checkMembers(t tx, m object) string {
	if stringField(m, "type") != "composite" {
		return ""
	}
	ids := compositeMembers(stringField(m, "query"))
	missing := func(id string) bool { return t.get(monitorBucket, id) == nil }
	if len(ids) == 0 || slices.ContainsFunc(ids, missing) {
		return "Some monitor IDs are invalid"
	}
	return ""
}

func (ac *account) updateMonitor(r *http.Request) *response {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorNotFound()
	}
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	return ac.publishedMonitor(r.Context(), id, ac.write(func(t tx) (*response, error) {
		old, err := storedMonitor(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return monitorNotFound(), nil
		}
		m := mergeMonitor(old, sent)
		if problem := checkUpdate(t, old, m); problem != "" {
			return badRequest(problem), nil
		}
		_, optionsSent := sent["options"]
		normalizeMonitor(m, id, optionsSent)
		m["modified"] = timestamp(ac.now())
		return ok(updatedMonitor(m)), replaceMonitor(t, id, old, m)
	}))
}

func checkUpdate(t tx, old, m object) string {
	if stringField(m, "type") != stringField(old, "type") && (!metricType(stringField(m, "type")) || !metricType(stringField(old, "type"))) {
		return "Monitor type change not allowed"
	}
	if problem := checkMonitor(m); problem != "" {
		return problem
	}
	return checkMembers(t, m)
}

func (ac *account) deleteMonitor(r *http.Request) *response {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorNotFound()
	}
	force := r.URL.Query().Get("force") == "true"
	return ac.publishedMonitor(r.Context(), id, ac.write(func(t tx) (*response, error) {
		old, err := storedMonitor(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return monitorNotFound(), nil
		}
		problem, err := compositeReferences(t, id, old)
		if err != nil {
			return nil, err
		}
		if problem != "" && !force {
			return badRequest(problem), nil
		}
		return ok(object{"deleted_monitor_id": json.Number(monitorKey(id))}), replaceMonitor(t, id, old, nil)
	}))
}
