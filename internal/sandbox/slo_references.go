package sandbox

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// sloReferences says which dashboards refer to an SLO, or "" if none does. No recording shows that a monitor keeps an SLO
// from being deleted.
func (x *index) sloReferences(id string) string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var boards []string
	for board, entry := range x.dashboards {
		// Decoding every dashboard would make a deletion slow.
		if !entry.deleted && bytes.Contains(entry.body, []byte(id)) && mentionsSLO(entry.body, id) {
			boards = append(boards, board)
		}
	}
	if len(boards) == 0 {
		return ""
	}
	slices.Sort(boards)
	return "slo " + id + " is referenced in dashboards: " + strings.Join(boards, ", ")
}

// mentionsSLO reports whether a widget or a query of a dashboard has the SLO's id.
func mentionsSLO(dashboard []byte, id string) bool {
	d, err := decodeObject(dashboard)
	return err == nil && hasSLO(d, id)
}

func hasSLO(v any, id string) bool {
	switch v := v.(type) {
	case object:
		if v["slo_id"] == id {
			return true
		}
		for _, e := range v {
			if hasSLO(e, id) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(e any) bool { return hasSLO(e, id) })
	}
	return false
}

// canDeleteSLOs answers for several SLOs at once which of them nothing refers to. Only the answer without a refusal is
// recorded; the other one is the form of the API's documentation, with the text of a refused deletion. An id of no SLO is
// responseBody as ok: no recording refuses one.
func (ac *account) canDeleteSLOs(r *http.Request) *response {
	ids := splitList(r.URL.Query().Get("ids"))
	if len(ids) == 0 {
		return badRequest(invalidParameter("ids are required"))
	}
	deletable, denied, blocked := []any{}, []any{}, object{}
	for _, id := range ids {
		if problem := ac.index.sloReferences(id); problem != "" {
			denied, blocked[id] = append(denied, id), problem
		} else {
			deletable = append(deletable, id)
		}
	}
	data := object{"ok": deletable, "denied_ids": denied}
	if len(blocked) > 0 {
		return &response{http.StatusConflict, encode(object{"data": data, "errors": blocked})}
	}
	return ok(object{"data": data, "errors": nil})
}
