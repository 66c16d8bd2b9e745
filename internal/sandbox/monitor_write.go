package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

func monitorMissing() *answer { return refuse(http.StatusNotFound, "Monitor not found") }

func monitorID(r *http.Request) (int64, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	return id, err == nil
}

func (ac *account) createMonitor(r *http.Request) *answer {
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	if refusal := checkMonitor(draftMonitor(sent)); refusal != "" {
		return badRequest(refusal)
	}
	var id int64
	a := ac.write(func(t tx) (*answer, error) {
		m := draftMonitor(sent)
		settleMonitor(m, 0, true)
		if refusal, err := ac.checkRelations(t, m); err != nil || refusal != "" {
			return badRequest(refusal), err
		}
		number, err := t.next(monitorBucket)
		if err != nil {
			return nil, err
		}
		id = firstMonitor + int64(number)
		ac.stampMonitor(m, id)
		return ok(m), replaceMonitor(t, id, nil, m)
	})
	return ac.publishedMonitor(r.Context(), id, a)
}

// stampMonitor adds what only the server knows of a new monitor.
func (ac *account) stampMonitor(m object, id int64) {
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
	m["assets"] = settledAssets(m["assets"], id)
}

// checkRelations refuses a new monitor for what else is in the account.
func (ac *account) checkRelations(t tx, m object) (string, error) {
	twins, err := idsAt(t, twinBucket, identity(m))
	if err != nil {
		return "", err
	}
	if len(twins) > 0 {
		return fmt.Sprintf("Duplicate of an existing monitor_id:%d org_id:%d", twins[0], ac.org), nil
	}
	return checkMembers(t, m), nil
}

// checkMembers refuses a composite of monitors that do not exist.
func checkMembers(t tx, m object) string {
	if text(m, "type") != "composite" {
		return ""
	}
	ids := members(text(m, "query"))
	missing := func(id string) bool { return t.get(monitorBucket, id) == nil }
	if len(ids) == 0 || slices.ContainsFunc(ids, missing) {
		return "Some monitor IDs are invalid"
	}
	return ""
}

func (ac *account) updateMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorMissing()
	}
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	return ac.publishedMonitor(r.Context(), id, ac.write(func(t tx) (*answer, error) {
		old, err := storedMonitor(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return monitorMissing(), nil
		}
		m := mergeMonitor(old, sent)
		if refusal := checkUpdate(t, old, m); refusal != "" {
			return badRequest(refusal), nil
		}
		_, optionsSent := sent["options"]
		settleMonitor(m, id, optionsSent)
		m["modified"] = timestamp(ac.now())
		return ok(updatedMonitor(m)), replaceMonitor(t, id, old, m)
	}))
}

func checkUpdate(t tx, old, m object) string {
	if text(m, "type") != text(old, "type") && (!metricType(text(m, "type")) || !metricType(text(old, "type"))) {
		return "Monitor type change not allowed"
	}
	if refusal := checkMonitor(m); refusal != "" {
		return refusal
	}
	return checkMembers(t, m)
}

func (ac *account) deleteMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorMissing()
	}
	force := r.URL.Query().Get("force") == "true"
	return ac.publishedMonitor(r.Context(), id, ac.write(func(t tx) (*answer, error) {
		old, err := storedMonitor(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return monitorMissing(), nil
		}
		refusal, err := referenced(t, id, old)
		if err != nil {
			return nil, err
		}
		if refusal != "" && !force {
			return badRequest(refusal), nil
		}
		return ok(object{"deleted_monitor_id": json.Number(monitorKey(id))}), replaceMonitor(t, id, old, nil)
	}))
}
