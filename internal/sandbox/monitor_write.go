package sandbox

import (
	"context"
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

// write runs a transaction whose function says in its answer whether it changed anything; a refusal is an answer,
// not an error, because an error would end the transactions of others in the same batch.
func (s *Server) write(f func(t tx) (*answer, error)) *answer {
	var result *answer
	err := s.store.update(func(t tx) error {
		var err error
		result, err = f(t)
		return err
	})
	if err != nil {
		return refuse(http.StatusInternalServerError, "The sandbox could not write: "+err.Error())
	}
	return result
}

// publishedMonitor shows a written monitor to readers before its writer is answered.
func (s *Server) publishedMonitor(ctx context.Context, id int64, a *answer) *answer {
	if a.status != http.StatusOK {
		return a
	}
	if err := s.publishMonitor(ctx, id); err != nil {
		return refuse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	return a
}

func (s *Server) createMonitor(r *http.Request) *answer {
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	if refusal := checkMonitor(draftMonitor(sent)); refusal != "" {
		return badRequest(refusal)
	}
	var id int64
	a := s.write(func(t tx) (*answer, error) {
		m := draftMonitor(sent)
		settleMonitor(m, 0, true)
		if refusal, err := s.checkRelations(t, m); err != nil || refusal != "" {
			return badRequest(refusal), err
		}
		number, err := t.next(monitorBucket)
		if err != nil {
			return nil, err
		}
		id = firstMonitor + int64(number)
		s.stampMonitor(m, id)
		return ok(m), replaceMonitor(t, id, nil, m)
	})
	return s.publishedMonitor(r.Context(), id, a)
}

// stampMonitor adds what only the server knows of a new monitor.
func (s *Server) stampMonitor(m object, id int64) {
	now := s.now()
	m["id"] = id
	m["org_id"] = s.org
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
func (s *Server) checkRelations(t tx, m object) (string, error) {
	twins, err := idsAt(t, twinBucket, identity(m))
	if err != nil {
		return "", err
	}
	if len(twins) > 0 {
		return fmt.Sprintf("Duplicate of an existing monitor_id:%d org_id:%d", twins[0], s.org), nil
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

func (s *Server) updateMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorMissing()
	}
	sent, refused := readObject(r)
	if refused != nil {
		return refused
	}
	return s.publishedMonitor(r.Context(), id, s.write(func(t tx) (*answer, error) {
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
		m["modified"] = timestamp(s.now())
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

func (s *Server) deleteMonitor(r *http.Request) *answer {
	id, isNumber := monitorID(r)
	if !isNumber {
		return monitorMissing()
	}
	force := r.URL.Query().Get("force") == "true"
	return s.publishedMonitor(r.Context(), id, s.write(func(t tx) (*answer, error) {
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
