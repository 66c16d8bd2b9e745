package sandbox

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
)

// sloReferences returns Datadog's error message about the dashboards that refer to an SLO, or "". No recording
// shows that a monitor prevents the deletion of an SLO.
func (x *index) sloReferences(id string) string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var boards []string
	for board, entry := range x.dashboards {
		// Decoding all dashboards would be slow.
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

// mentionsSLO reports whether a widget or a query of a dashboard refers to the SLO.
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

// canDeleteSLOs reports which of several SLOs can be deleted, because no dashboard refers to them. Only the response
// for deletable SLOs is recorded. The other has the format in the API's documentation, with the error message of a
// rejected deletion. Unknown ids are ok, because no recording rejects one.
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
